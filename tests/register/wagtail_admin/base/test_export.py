"""The CSV of a list is safe to open in a spreadsheet."""

from types import SimpleNamespace

from register.wagtail_admin.base.export import csv_response


def test_cells_that_a_spreadsheet_would_run_are_neutralised_and_quoted():
    rows = [SimpleNamespace(name="=1+1", city="Vantaa; Finland")]
    response = csv_response(rows, columns={"name": "Nimi", "city": "@Kunta"}, name="clients")
    assert response.content == "\ufeffNimi;'@Kunta\r\n'=1+1;\"Vantaa; Finland\"\r\n".encode()
