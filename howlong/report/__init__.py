"""Make the report: `run` executes the notebooks, verifies what they made and publishes it; `page` writes the HTML."""
