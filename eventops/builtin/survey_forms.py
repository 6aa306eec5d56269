"""What the columns of exports of survey tools mean: KoBoToolbox, ODK, Google Forms, Microsoft Forms.

Only what the tool itself adds is mapped; the questions are the form's own and are recognised by their words.
"""

from eventops.builtin.ticket_forms import LEFT_OUT, columns_of, listed
from eventops.domain.enrolling.forms import ColumnMap
from eventops.domain.texts import Text

_DEVICE = (
    "start, end, today, deviceid, subscriberid, simserial, phonenumber, username, simid, audit, device_id, "
    "start_time, end_time, background-audio, meta/audit, meta/deprecatedID, meta/rootUuid"
)
KOBO = ColumnMap(
    name="kobo",
    title=Text("KoboToolbox"),
    signs=("_uuid", "_submission_time"),
    columns=columns_of(
        (("_submission_time",), "registered_on"),
        (
            listed(
                "_id, _uuid, _validation_status, _notes, _status, _submitted_by, _tags, _index, _parent_index, "
                "_parent_table_name, _version_, __version__, meta/instanceID, meta/instanceName, formhub/uuid, "
                "_attachments, _geolocation, _xform_id_string, _bamboo_dataset_id, _media_all_received, _total_media, "
                "_media_count, _edited, _date_modified, _duration, _review_state, _review_comment, _received_at, "
                "_version, instanceID, _submission__id, _submission__uuid, _submission__submission_time"
            ),
            LEFT_OUT,
        ),
        (listed(_DEVICE), LEFT_OUT),
    ),
    source="KoboToolbox, Data, Downloads (XLS, CSV)",
)
ODK = ColumnMap(
    name="odk",
    title=Text("ODK"),
    signs=("SubmissionDate", "KEY"),
    columns=columns_of(
        (("SubmissionDate",), "registered_on"),
        (
            listed(
                "KEY, PARENT_KEY, meta-instanceID, meta-instanceName, instanceID, instanceName, SubmitterID, "
                "SubmitterName, AttachmentsPresent, AttachmentsExpected, Status, ReviewState, DeviceID, Edits, "
                "FormVersion, meta:instanceID, meta:instanceName, isValidated, CompletionDate, formdef_version"
            ),
            LEFT_OUT,
        ),
        (listed(_DEVICE), LEFT_OUT),
    ),
    source="ODK Central and Briefcase, submissions (CSV)",
)

_TIMESTAMP = ("Timestamp", "Horodateur", "طابع زمني", "الطابع الزمني", "Marca temporal")
GOOGLE_FORMS = ColumnMap(
    name="google-forms",
    title=Text("Google Forms"),
    signs=(_TIMESTAMP,),
    first=_TIMESTAMP,
    columns=columns_of(
        (_TIMESTAMP, "registered_on"),
        (
            (
                "Email Address",
                "Email address",
                "Adresse e-mail",
                "عنوان البريد الإلكتروني",
                "Dirección de correo electrónico",
                "Username",
                "Nom d'utilisateur",
                "اسم المستخدم",
                "Nombre de usuario",
            ),
            "email:fills",
        ),
        (("Score", "النتيجة", "Puntuación"), LEFT_OUT),
    ),
    source="Google Forms, responses in Google Sheets or CSV",
)

_NUMBERED = ("ID", "Id", "Id.", "المعرف", "المعرّف", "معرف", "Identifiant", "رقم التعريف")
_BEGAN = ("Start time", "Heure de début", "وقت البدء", "Hora de inicio")
_ENDED = ("Completion time", "Heure de fin", "وقت الإكمال", "وقت الانتهاء", "Hora de finalización")
MICROSOFT_FORMS = ColumnMap(
    name="microsoft-forms",
    title=Text("Microsoft Forms"),
    signs=(_BEGAN, _ENDED),
    first=_NUMBERED,
    columns=columns_of(
        (_NUMBERED, LEFT_OUT),
        (_BEGAN, LEFT_OUT),
        (_ENDED, "registered_on"),
        (
            ("Email", "Adresse de messagerie", "E-mail", "Courriel", "البريد الإلكتروني", "Correo electrónico"),
            "email:fills",
        ),
        (("Name", "Nom", "الاسم", "Nombre"), "name:fills"),
        (
            (
                "Last modified time",
                "Heure de la dernière modification",
                "وقت آخر تعديل",
                "Hora de la última modificación",
                "Language",
                "Langue",
                "اللغة",
                "Total points",
                "Total des points",
                "Quiz feedback",
                "Grade posted time",
            ),
            LEFT_OUT,
        ),
    ),
    # Who answers without signing in is called so in the columns the tool fills.
    answers={"anonymous": "", "anonyme": "", "مجهول": "", "مجهول الهوية": "", "anónimo": "", "anonymous@anonymous": ""},
    source="Microsoft Forms, “Open in Excel”",
)

SURVEY_FORMS = (KOBO, ODK, GOOGLE_FORMS, MICROSOFT_FORMS)
