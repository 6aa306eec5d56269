"""What the columns of exports of ticket shops and conference systems mean: pretix, Indico, Eventbrite.

Headings are those the systems write in English, French, Arabic and Spanish; where a translation is odd, it is theirs.
"""

from collections.abc import Iterable

from eventops.domain.enrolling.forms import ColumnMap
from eventops.domain.texts import Text

LEFT_OUT = ""
_PRETIX = "pretix 2026.8, exporters “Order data”, “Check-in list (Excel, CSV)” and “Waiting list”"

# A column has one heading in each language; a heading that two languages share counts once.
_ORDER_CODE = ("Order code", "Code de commande", "رمز الطلب", "Código del pedido")
_STATUS = ("Status", "Statut", "الحالة", "Estado")
_EMAIL = ("Email", "E-mail", "البريد الإلكتروني", "Correo electrónico")
_PHONE = ("Phone number", "Numéro de téléphone", "رقم الهاتف", "Número de teléfono")
_ORDER_DATE = ("Order date", "Date de commande", "تاريخ الطلب", "Fecha del pedido")
_CHECKED_IN = ("Checked in", "Enregistrement effectué", "تم تسجيل الوصول", "Chequeado")
_PRODUCT = ("Product", "Produit", "المنتج", "Producto")
_NAME = ("Name", "Nom", "الاسم", "Nombre")
_ATTENDEE = ("Attendee name", "Nom du participant", "اسم المشارك", "Nombre del asistente")
_GIVEN = (("Given name", "Prénom", "الاسم الاول", "Nombre"), ("First name",))
_FAMILY = (("Family name", "Nom de famille", "اسم العائلة", "Apellido"), ("Last name",))
_ATTENDEE_EMAIL = (
    "Attendee email",
    "E-mail du participant",
    "البريد الإلكتروني للمشارك",
    "Correo electrónico del participante",
)
_PAID_FOR_BY = (
    "Invoice address company, Invoice address name, Invoice address street, Invoice address ZIP code, "
    "Invoice address city, Invoice address country, Invoice address state, VAT ID, "
    "Adresse de facturation de l'entreprise, Nom de l'adresse de facturation, Adresse de facturation (rue), "
    "Adresse de facturation (Code postal), Adresse de facturation (ville), Adresse de facturation (pays), "
    "Région de l'adresse de facturation, Identifiant de TVA, الشركة المسجلة في عنوان الفاتورة, "
    "اسم صاحب عنوان الفاتورة, اسم الشارع في عنوان الفاتورة, الرمز البريدي لعنوان الفاتورة, مدينة عنوان الفاتورة, "
    "بلد عنوان الفاتورة, الولاية التي يقع فيها عنوان الفاتورة, رقم تعريف ضريبة القيمة المضافة"
)
_OF_THE_SHOP = (
    "Event slug, Event name, Order time, Order total, Product ID, Variation ID, Price, Tax rate, Tax rule, Tax value, "
    "Position ID, Positions, Voucher, Voucher code, Voucher budget usage, Voucher tag, Pseudonymization ID, "
    "Ticket secret, Secret, Seat ID, Seat name, Seat zone, Seat row, Seat number, Blocked, Valid from, Valid until, "
    "Follow-up date, Add-on to position ID, Sales channel, Email address verified, External customer ID, "
    "Check-in lists, Payment providers, Position order link, Order link, Start date, End date, Checked out, "
    "Automatically checked in, Paid, Requires special attention, Check-in text, Address, ZIP code, State, "
    "Custom address field, Date of last payment, Fees, Invoice numbers, Priority, "
    "Titre de l'événement, Nom de l'événement, Heure de commande, Total de la commande, ID produit, ID variant, Prix, "
    "Taux d'imposition, Règle fiscale, Valeur fiscale, ID de la position, Bon, Code du bon d'achat, "
    "Utilisation du budget des bons, Code du bon, ID pseudonyme, Secret du billet, ID du siège, Nom du siège, "
    "Zone du siège, Rangée de sièges, Numéro du siège, Bloqué, Valable depuis, Valable jusqu'au, Date de suivi, "
    "Add-on à la position ID, Canal de vente, Adresse e-mail vérifiée, Identifiant de commerçant externe, "
    "Listes d'enregistrement, Fournisseurs de paiement, Lien vers la commande, Date de début, Date de fin, "
    "Passé en caisse, Enregistrement automatique, Payé, Nécessite une attention particulière, "
    "Texte d'enregistrement, Adresse, Code postal, État, Champ de courriel personnalisé, Date du dernier paiement, "
    "Frais, Numéros de facture, Priorité, "
    "اسم المختصر للحدث, اسم الحدث, توقيت الطلب, إجمالي الطلب, رقم المنتج, معرّف التباين, السعر, معدل الضريبة, "
    "قاعدة الضريبة, القيمة الضريبية, رقم الوظيفة, الحالات, كود الخصم, رمز القسيمة, استخدام ميزانية القسائم, "
    "بطاقة القسيمة, معرف الاسم المستعار, سر التذكرة, سري, معرّف المقعد, اسم المقعد, منطقة المقعد, صف المقاعد, "
    "رقم المقعد, محجوب, من تاريخ, صالح حتى, تاريخ المتابعة, ملحق لمعرف الموضع, قناة المبيعات, "
    "تم التحقق من عنوان البريد الإلكتروني, معرّف العميل الخارجي, تحقق في القوائم, مزودي خدمات الدفع, "
    "رابط طلب الوظيفة, رابط الطلب, تاريخ البدء, تاريخ الانتهاء, تسجيل خروج, تم التسجيل تلقائيا, مدفوع, "
    "يتطلب اهتمامًا خاصًا, نص إجراءات تسجيل الوصول, العنوان, الرمز البريدي, الولاية, حقل العنوان المخصص, "
    "تاريخ آخر دفعة, الرسوم, أرقام الفواتير, الأولوية"
)


def columns_of(*pairs: tuple[Iterable[str], str]) -> dict[str, str]:
    """One mapping of all headings to their fields; the first field given for a heading stays."""
    columns: dict[str, str] = {}
    for headings, field in pairs:
        for heading in headings:
            columns.setdefault(heading, field)
    return columns


def listed(text: str) -> tuple[str, ...]:
    """The headings written between commas."""
    return tuple(heading.strip() for heading in text.split(", "))


def _parts(of: tuple[str, ...], parts: tuple[tuple[str, ...], ...]) -> tuple[str, ...]:
    """The headings of a part of a name, as “Attendee name: Given name”, also where a part is left in English."""
    return tuple(f"{whole}: {part}" for whole in of for spellings in parts for part in spellings)


def _invoice_names() -> tuple[str, ...]:
    whole = ("Invoice address name", "Nom de l'adresse de facturation", "اسم صاحب عنوان الفاتورة")
    return (*_parts(whole, _GIVEN), *_parts(whole, _FAMILY))


# The Arabic catalogue of pretix gives “من” for No.
_PRETIX_ANSWERS = {"من": "لا"}
_NO_PERSON = (*_ORDER_CODE, *listed(_PAID_FOR_BY), *_invoice_names(), *listed(_OF_THE_SHOP))
_OF_THE_ATTENDEE = (
    (_ATTENDEE, "name"),
    (_parts(_ATTENDEE, _GIVEN), "first_name"),
    (_parts(_ATTENDEE, _FAMILY), "last_name"),
    (_ATTENDEE_EMAIL, "email"),
    (_PHONE, "phone"),
    (_ORDER_DATE, "registered_on"),
    (("Attendee company", "Entreprise du participant", "الشركة المشاركة", "Empresa asistente"), "organisation"),
    (("Company", "Entreprise", "الشركة", "Empresa"), "organisation"),
    (("City", "Ville", "المدينة", "Ciudad"), "town:fills"),
    (("Country", "Pays", "البلد", "País"), "country:fills"),
    (("Order locale", "Langue de la commande", "الترتيب المحلي", "Idioma del pedido"), "language:fills"),
    (("Order comment", "Commentaire de commande", "ملاحظات الطلب", "Comentario del pedido"), "notes"),
    (("Comment", "Commentaire", "كيف", "Comentario"), "notes"),
)
_NOT_SEATED = Text("the people on it wait for a seat and are not registered")

PRETIX_POSITIONS = ColumnMap(
    name="pretix-positions",
    title=Text("pretix (order positions)"),
    signs=(
        _ORDER_CODE,
        ("Position ID", "ID de la position", "رقم الوظيفة", "ID de posición"),
        _STATUS,
        _ATTENDEE,
        _PRODUCT,
        _ORDER_DATE,
    ),
    columns=columns_of((_STATUS, "status"), *_OF_THE_ATTENDEE, (_EMAIL, "email:fills"), (_NO_PERSON, LEFT_OUT)),
    answers=_PRETIX_ANSWERS,
    source=_PRETIX,
)
PRETIX_CHECKINS = ColumnMap(
    name="pretix-checkins",
    title=Text("pretix (check-in list)"),
    signs=(
        _ORDER_CODE,
        _ATTENDEE,
        _CHECKED_IN,
        _PRODUCT,
        _ORDER_DATE,
    ),
    columns=columns_of(
        (_CHECKED_IN, "attended"),
        *_OF_THE_ATTENDEE,
        (_EMAIL, "email"),
        (_NO_PERSON, LEFT_OUT),
    ),
    answers=_PRETIX_ANSWERS,
    source=_PRETIX,
)
PRETIX_ORDERS = ColumnMap(
    name="pretix-orders",
    title=Text("pretix (orders)"),
    signs=(
        _ORDER_CODE,
        ("Order total", "Total de la commande", "إجمالي الطلب", "Total del pedido"),
        _STATUS,
        _ORDER_DATE,
    ),
    columns=columns_of(
        (_STATUS, "status"),
        (_NAME, "name"),
        (_parts(_NAME, _GIVEN), "first_name"),
        (_parts(_NAME, _FAMILY), "last_name"),
        (_EMAIL, "email"),
        *_OF_THE_ATTENDEE,
        (_NO_PERSON, LEFT_OUT),
    ),
    answers=_PRETIX_ANSWERS,
    source=_PRETIX,
)
PRETIX_WAITING = ColumnMap(
    name="pretix-waiting",
    title=Text("pretix (waiting list)"),
    signs=(
        ("Priority", "Priorité", "الأولوية", "Prioridad"),
        ("Voucher code", "Code du bon d'achat", "رمز القسيمة", "Código del vale de compra"),
        _EMAIL,
        _PRODUCT,
    ),
    columns=columns_of(
        (("Date", "البيانات", "Fecha"), "registered_on"),
        (_NAME, "name"),
        (_EMAIL, "email"),
        (_PHONE, "phone"),
        (("Language", "Langue", "اللغة", "Idioma"), "language"),
        (_STATUS, LEFT_OUT),
        (_NO_PERSON, LEFT_OUT),
    ),
    answers=_PRETIX_ANSWERS,
    asks=_NOT_SEATED,
    source=_PRETIX,
)

INDICO = ColumnMap(
    name="indico",
    title=Text("Indico (registrations)"),
    signs=("Registration state", "Registration date"),
    first=("ID",),
    columns=columns_of(
        (("ID",), LEFT_OUT),
        (("Name",), "name"),
        (("First Name", "Prénom", "الاسم الأول", "Nombre"), "first_name"),
        (("Last Name", "Nom", "Nom de famille", "الاسم العائلي", "Apellidos", "Apellido"), "last_name"),
        (("Email Address", "Adresse e-mail", "Adresse électronique", "Dirección de correo electrónico"), "email"),
        (("Affiliation", "Afiliación", "الانتماء"), "organisation"),
        (("Phone Number", "Phone", "Numéro de téléphone", "Número de teléfono"), "phone"),
        (("Registration date",), "registered_on"),
        (("Registration state",), "status"),
        (("Checked in",), "attended"),
        (("Price", "Check-in date", "Payment date", "Tags"), LEFT_OUT),
    ),
    source="Indico 3.2, “Export registrations” (CSV, Excel)",
)

_EVENTBRITE_ORDERS = (
    *("Order #", "Order no.", "Order ID", "N° de commande", "Nº de commande", "Numéro de commande", "رقم الطلب"),
    "Nº de pedido",
)
_EVENTBRITE_STATUS = (
    "Attendee Status",
    "Statut du participant",
    "Statut de participant",
    "حالة الحاضر",
    "Estado del asistente",
)
EVENTBRITE = ColumnMap(
    name="eventbrite",
    title=Text("Eventbrite (attendees)"),
    signs=(_EVENTBRITE_ORDERS, _EVENTBRITE_STATUS),
    columns=columns_of(
        (("Order Date", "Date de la commande", "Date de commande", "تاريخ الطلب", "Fecha del pedido"), "registered_on"),
        (("First Name", "Prénom", "الاسم الأول", "Nombre"), "first_name"),
        (("Last Name", "Surname", "Nom de famille", "Nom", "اسم العائلة", "Apellidos", "Apellido"), "last_name"),
        (("Email", "Email Address", "E-mail", "Adresse e-mail", "البريد الإلكتروني", "Correo electrónico"), "email"),
        (_EVENTBRITE_STATUS, "status"),
        (("Cell Phone", "Mobile Phone", "Téléphone portable", "هاتف محمول", "Teléfono móvil"), "phone"),
        (("Home Phone", "Work Phone", "Téléphone fixe", "Téléphone professionnel"), "phone:fills"),
        (("Home City", "Ville du domicile", "Ville", "مدينة السكن", "Ciudad"), "town:fills"),
        (("Home Country", "Pays du domicile", "Pays", "بلد السكن", "País"), "country:fills"),
        (("Company", "Entreprise", "Société", "الشركة", "Empresa"), "organisation"),
        (("Gender", "Sexe", "Genre", "الجنس", "Sexo"), "gender"),
        (("Birth Date", "Date de naissance", "تاريخ الميلاد", "Fecha de nacimiento"), "birth_date"),
        (_EVENTBRITE_ORDERS, LEFT_OUT),
        (
            listed(
                "Quantity, Price Tier, Ticket Type, Attendee #, Group, Order Type, Currency, Total Paid, Fees Paid, "
                "Eventbrite Fees, Eventbrite Payment Processing, Home Address 1, Home Address 2, Home State, Home Zip, "
                "Work City, Work Country, Work State, Work Zip, Work Address 1, Work Address 2, Barcode #, "
                "Quantité, Type de billet, Type de commande, Devise, Total payé, Frais payés, Frais Eventbrite, "
                "Buyer First Name, Buyer Last Name, Buyer Email, Prefix, Suffix, Job Title, Website, Blog"
            ),
            LEFT_OUT,
        ),
    ),
    source="Eventbrite, attendee report (CSV, Excel)",
)

TICKET_FORMS = (PRETIX_POSITIONS, PRETIX_CHECKINS, PRETIX_ORDERS, PRETIX_WAITING, INDICO, EVENTBRITE)
