"""Define what may stand in each content file.

In comes the data of a file, as `reading` gives it; out come validated records, or problems with a
position in the file. The same models give the JSON Schema and the reference of fields.
"""

from explainer.schema.date_formats import find_dates
from explainer.schema.dates import PartialDate
from explainer.schema.error_messages import validation_problems
from explainer.schema.files import FILES, REQUIRED
from explainer.schema.introspection import keys_at, references, required_keys
from explainer.schema.record import Part, Record

__all__ = [
    "FILES",
    "REQUIRED",
    "Part",
    "PartialDate",
    "Record",
    "find_dates",
    "keys_at",
    "references",
    "required_keys",
    "validation_problems",
]
