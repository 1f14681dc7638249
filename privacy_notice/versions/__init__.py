"""Published versions of the notice: frozen with their facts, and compared with today's."""
