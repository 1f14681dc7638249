"""What the database needs beside the ORM: encryption, versions, bulk statements, retries."""
