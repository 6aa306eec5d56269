"""How people head the columns of a registration sheet: titles, synonyms and what a heading must not hold.

`FIELD_TITLES` heads the columns of our own exports, so that what leaves as a working list is recognised when it
comes back. The synonyms are compared folded, without articles, so that case, accents, punctuation and ال do not matter.
"""

from eventops.domain.reporting.labels import BENEFIT_LABELS
from eventops.domain.texts import Text

FIELD_TITLES: dict[str, Text] = {
    "id": Text("ID", fr="Identifiant", ar="المعرّف"),
    "name": Text("Full name", fr="Nom complet", ar="الاسم الكامل"),
    "name_latin": Text("Name in Latin letters", fr="Nom en caractères latins", ar="الاسم بالحروف اللاتينية"),
    "first_name": Text("First name", fr="Prénom", ar="الاسم الشخصي"),
    "last_name": Text("Last name", fr="Nom de famille", ar="الاسم العائلي"),
    "email": Text("E-mail", fr="Adresse e-mail", ar="البريد الإلكتروني"),
    "phone": Text("Phone", fr="Téléphone", ar="الهاتف"),
    "gender": Text("Gender", fr="Genre", ar="الجنس"),
    "birth_date": Text("Date of birth", fr="Date de naissance", ar="تاريخ الازدياد"),
    "birth_year": Text("Year of birth", fr="Année de naissance", ar="سنة الازدياد"),
    "age": Text("Age", fr="Âge", ar="السن"),
    "category": Text("Category", fr="Qualité", ar="الصفة"),
    "organisation": Text("Organisation", fr="Organisme", ar="الهيئة"),
    "role": Text("Role", fr="Rôle", ar="الدور"),
    "language": Text("Language", fr="Langue", ar="اللغة"),
    "town": Text("Town", fr="Ville ou commune", ar="المدينة أو الجماعة"),
    "province": Text("Province", fr="Province ou préfecture", ar="الإقليم أو العمالة"),
    "region": Text("Region", fr="Région", ar="الجهة"),
    "country": Text("Country", fr="Pays", ar="البلد"),
    "association": Text("Mobilising association", fr="Association mobilisatrice", ar="الجمعية المعبِّئة"),
    "inclusion": Text("Inclusion", fr="Inclusion", ar="الإدماج"),
    "diet": Text("Diet", fr="Régime alimentaire", ar="النظام الغذائي"),
    "allergens": Text("Allergens", fr="Allergènes", ar="مسببات الحساسية الغذائية"),
    "needs": Text("Access needs", fr="Besoins d’accessibilité", ar="احتياجات الولوج"),
    "workshops": Text("Workshops", fr="Ateliers", ar="الورشات"),
    "consent_attend": Text("Consent to attend", fr="Consentement à participer", ar="الموافقة على المشاركة"),
    "consent_photo": Text("Consent to photos", fr="Consentement aux photos", ar="الموافقة على التصوير"),
    "consent_share": Text(
        "Consent to share with sponsors",
        fr="Consentement au partage avec les partenaires",
        ar="الموافقة على مشاركة البيانات مع الشركاء",
    ),
    "status": Text("Status", fr="Statut d’inscription", ar="وضعية التسجيل"),
    "registered_on": Text("Registered on", fr="Date d’inscription", ar="تاريخ التسجيل"),
    "attended": Text("Attended", fr="Présence effective", ar="الحضور"),
    "notes": Text("Notes", fr="Remarques", ar="ملاحظات"),
}

# The two editable columns of a benefit in the working list: the decision a person takes, and why.
OVERRIDE_TITLE = Text("Your decision: {benefit}", fr="Votre décision : {benefit}", ar="قراركم: {benefit}")
OVERRIDE_REASON_TITLE = Text(
    "Reason of your decision: {benefit}", fr="Motif de votre décision : {benefit}", ar="سبب قراركم: {benefit}"
)
# Beside them stands what the rules decided; it is never read back.
DECIDED_TITLE = Text("Decision: {benefit}", fr="Décision : {benefit}", ar="القرار: {benefit}")
BENEFIT_TITLES = BENEFIT_LABELS


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(",") if word.strip())


# Unmistakable: these win over a generic word, and are looked for inside a whole question too.
SPECIFIC: dict[str, tuple[str, ...]] = {
    "id": _words("eventops id, participant id, numéro eventops, رقم المشارك, معرف المشارك"),
    "name": _words(
        "full name, name and surname, first and last name, first name and last name, complete name, your name, "
        "participant name, name of participant, attendee name, attendee, nom complet, nom et prénom, prénom et nom, "
        "noms et prénoms, nom & prénom, nom prénom, prénom nom, votre nom, nom du participant, "
        "nom de la participante, nom et prénom(s), identité, الاسم الكامل, الاسم والنسب, الاسم و النسب, "
        "الإسم الكامل, الإسم والنسب, الاسم الشخصي والعائلي, الاسم العائلي والشخصي, الاسم الثلاثي, اسم المشارك, "
        "اسم المشارك(ة), اسم ولقب, الاسم واللقب, اسمك, اسمكم, nombre completo, nombre y apellidos, "
        "surname and name, surname first name, name of attendee, اسم ونسب المشارك, الاسم الشخصي والنسب, "
        "name in arabic, nom en arabe, الاسم بالعربية, الاسم باللغة العربية, الاسم الكامل بالعربية, "
        "nom complet en arabe"
    ),
    "name_latin": _words(
        "name in latin letters, name in latin, latin name, name in french, name as in passport, nom en français, "
        "nom en latin, nom en caractères latins, nom en lettres latines, nom latin, nom complet en français, "
        "nom et prénom en français, الاسم باللاتينية, الاسم بالحروف اللاتينية, الاسم بالأحرف اللاتينية, "
        "الاسم بالفرنسية, الاسم باللغة الفرنسية, الاسم الكامل بالفرنسية, الاسم الكامل باللاتينية, "
        "الاسم الكامل بالحروف اللاتينية"
    ),
    "first_name": _words(
        "first name, given name, given names, forename, first names, prénom, prénoms, votre prénom, الاسم الشخصي, "
        "الاسم الأول, الإسم الشخصي, attendee name given name, nombre de pila"
    ),
    "last_name": _words(
        "last name, family name, surname, nom de famille, nom patronymique, votre nom de famille, الاسم العائلي, "
        "الإسم العائلي, النسب, اللقب, اسم العائلة, attendee name family name, apellido, apellidos"
    ),
    "email": _words(
        "e-mail address, email address, mail address, your email, attendee email, adresse e-mail, adresse mail, "
        "adresse électronique, courriel, adresse courriel, adresse de messagerie, courrier électronique, "
        "البريد الإلكتروني, البريد الالكتروني, عنوان البريد الإلكتروني, بريد إلكتروني, الإيميل, correo electrónico"
    ),
    "phone": _words(
        "phone number, telephone number, mobile number, mobile phone, cell phone, whatsapp number, contact number, "
        "numéro de téléphone, n° de téléphone, n° téléphone, num tél, n° tél, numéro gsm, téléphone portable, "
        "téléphone mobile, tél portable, numéro whatsapp, numéro de portable, رقم الهاتف, الهاتف المحمول, "
        "الهاتف النقال, رقم الجوال, رقم الواتساب, رقم الهاتف المحمول, número de teléfono"
    ),
    "gender": _words("gender identity, m/f, f/m, h/f, f/h, homme/femme, female/male, ذكر/أنثى, أنثى/ذكر"),
    "birth_date": _words(
        "date of birth, birth date, birthdate, birthday, date born, date de naissance, né le, née le, né(e) le, "
        "date naissance, تاريخ الازدياد, تاريخ الإزدياد, تاريخ الميلاد, تاريخ الولادة, fecha de nacimiento, d.o.b."
    ),
    "birth_year": _words(
        "year of birth, birth year, year born, année de naissance, annee naissance, née en, né(e) en, سنة الازدياد, "
        "سنة الإزدياد, سنة الميلاد, سنة الولادة, عام الميلاد, año de nacimiento"
    ),
    "age": _words(
        "age group, age range, age band, age bracket, your age, tranche d'âge, tranche d’âges, groupe d'âge, "
        "classe d'âge, votre âge, الفئة العمرية, الشريحة العمرية, فئة السن, سنك, فئتك العمرية, "
        "فئتكم العمرية, عمرك, كم عمرك, edad"
    ),
    "category": _words(
        "participant category, type of participant, capacity, you are, you are a, vous êtes, en qualité de, "
        "en quelle qualité, qualité du participant, catégorie de participant, type de participant, صفة المشارك, "
        "صفة المشاركة, الصفة التي تشارك بها, بأي صفة تشارك, بصفتك, فئة المشارك, نوع المشارك, categoría"
    ),
    "organisation": _words(
        "name of organisation, organisation name, organization name, name of your organisation, name of organization, "
        "name of association, association name, nom de l'organisation, nom de l'organisme, nom de l'association, "
        "nom de la structure, nom de votre association, nom de votre organisation, structure d'appartenance, "
        "association d'appartenance, organisme d'appartenance, attendee company, اسم الجمعية, اسم الهيئة, "
        "اسم المؤسسة, اسم المنظمة, الهيئة أو المؤسسة, الجمعية أو المؤسسة, اسم الجمعية أو المؤسسة, مؤسسة الانتماء, "
        "جهة الانتماء"
    ),
    "role": _words("role in the event, role at the event, rôle dans l'événement, الدور في اللقاء"),
    "language": _words(
        "preferred language, language preference, language of communication, contact language, langue préférée, "
        "langue de communication, langue de préférence, langue souhaitée, langue de contact, اللغة المفضلة, "
        "لغة التواصل, لغة التواصل المفضلة, order locale, idioma"
    ),
    "town": _words(
        "town or commune, city or town, city of residence, town of residence, place of residence, town/city, "
        "city/town, where do you live, where do you come from, where are you located, city where you live, "
        "departure city, city of departure, home city, commune of residence, ville ou commune, ville de résidence, "
        "commune de résidence, lieu de résidence, ville/commune, commune/ville, ville de provenance, "
        "ville de départ, lieu de provenance, où habitez-vous, ville d'origine, ville de domicile, résidence, "
        "lieu d'habitation, المدينة أو الجماعة, الجماعة أو المدينة, مدينة الإقامة, مكان الإقامة, محل السكنى, "
        "مكان السكن, جماعة الإقامة, مدينة السكن, أين تسكن, من أي مدينة, الجماعة الترابية, المدينة/الجماعة, "
        "ciudad de residencia"
    ),
    "province": _words(
        "province or prefecture, province/prefecture, province ou préfecture, préfecture ou province, "
        "province/préfecture, préfecture/province, الإقليم أو العمالة, العمالة أو الإقليم, العمالة/الإقليم, "
        "الإقليم/العمالة, عمالة أو إقليم, province of residence, province de résidence"
    ),
    "region": _words("region of residence, région de résidence, جهة الإقامة, الجهة الترابية"),
    "country": _words("country of residence, home country, pays de résidence, بلد الإقامة, دولة الإقامة"),
    "association": _words(
        "mobilising association, mobilizing association, coordinating association, invited by, registered through, "
        "through which association, association that invited you, association mobilisatrice, "
        "association coordinatrice, association de coordination, invité par, mobilisé par, invité(e) par, "
        "mobilisé(e) par, inscrit par, par le biais de, via quelle association, "
        "quelle association vous a mobilisé, association qui vous a mobilisé, association qui vous a invité, "
        "الجمعية المعبئة, الجمعية المنسقة, الجمعية الداعية, عن طريق جمعية, الجمعية التي دعتكم, الجمعية التي عبأتك, "
        "عن طريق أي جمعية"
    ),
    "inclusion": _words(
        "target group, vulnerable group, priority group, specific group, groupe cible, groupe vulnérable, "
        "public cible, situation particulière, critère d'inclusion, critères d'inclusion, catégorie vulnérable, "
        "الفئة المستهدفة, فئة هشة, الفئات الهشة, وضعية خاصة, فئة خاصة, معيار الإدماج, الإدماج الاجتماعي"
    ),
    "diet": _words(
        "dietary needs, dietary requirements, dietary restrictions, dietary preference, dietary preferences, "
        "special diet, meal preference, food preference, food allergies, food restrictions, régime alimentaire, "
        "régime particulier, régime spécial, restrictions alimentaires, préférences alimentaires, "
        "allergies alimentaires, besoins alimentaires, allergies, النظام الغذائي, نظام غذائي, حمية غذائية, "
        "الحمية الغذائية, احتياجات غذائية, حساسية غذائية, متطلبات غذائية, necesidades dietéticas"
    ),
    "allergens": _words(
        "allergens, food allergens, allergen, known allergens, allergènes, allergène, allergènes alimentaires, "
        "allergènes connus, مسببات الحساسية, مسببات الحساسية الغذائية, مسببات حساسية, المواد المسببة للحساسية, "
        "alérgenos, alérgenos alimentarios"
    ),
    "needs": _words(
        "access needs, accessibility needs, accessibility, special needs, specific needs, special assistance, "
        "needs and accommodations, reasonable accommodation, mobility needs, besoins d'accessibilité, "
        "besoins spécifiques, besoins particuliers, accessibilité, aménagements nécessaires, "
        "besoins d'aménagement, besoin d'assistance, احتياجات الولوج, احتياجات الولوجيات, الولوجيات, "
        "احتياجات خاصة, الاحتياجات الخاصة, ولوجيات, حاجيات خاصة"
    ),
    "workshops": _words(
        "preferred workshop, workshop choice, choice of workshop, workshop wish, workshop preference, which workshop, "
        "thematic workshop, atelier souhaité, atelier choisi, choix d'atelier, choix de l'atelier, atelier préféré, "
        "atelier thématique, quel atelier, voeu d'atelier, الورشة المختارة, اختيار الورشة, الورشة المفضلة, "
        "الورشة المرغوبة, أي ورشة, الورشة الموضوعاتية, wish, choice, voeu, choix, الاختيار, اختيار, رغبة, taller"
    ),
    "consent_attend": _words(
        "consent to attend, confirm attendance, confirmation of attendance, agree to attend, will attend, "
        "i will attend, consent form, "
        "consentement à participer, accord de participation, confirmation de participation, "
        "confirme sa participation, je confirme ma participation, accepte de participer, souhaite participer, "
        "الموافقة على المشاركة, تأكيد المشاركة, تأكيد الحضور, الموافقة على الحضور, "
        "أوافق على المشاركة, أؤكد مشاركتي"
    ),
    "consent_photo": _words(
        "consent to photos, photo consent, consent to be photographed, consent to photography, image rights, photos, "
        "photo, photography, photographs, filming, droit à l'image, consentement photo, consentement aux photos, "
        "autorisation photo, autorisation de photographier, prise de photos, prise de photo, être photographié, "
        "être filmé, الموافقة على التصوير, موافقة على التصوير, التصوير, حق الصورة, أوافق على التصوير, التقاط الصور, "
        "نشر الصور, الصور"
    ),
    "status": _words("registration state, registration status, attendee status, statut d'inscription, حالة التسجيل"),
    "registered_on": _words(
        "registered on, registration date, date of registration, submission date, submission time, order date, "
        "completion time, submitted on, date d'inscription, inscrit le, date d'enregistrement, horodateur, "
        "heure de fin, date de soumission, تاريخ التسجيل, طابع زمني, الطابع الزمني, وقت الانتهاء, تاريخ الإرسال"
    ),
    "attended": _words(
        "checked in, attendance on the day, present on the day, présence effective, présent le jour, حضر اللقاء, "
        "الحضور الفعلي"
    ),
    "notes": _words(
        "your comments, other remarks, additional information, comments or questions, autres remarques, "
        "informations complémentaires, commentaires ou questions, ملاحظات أخرى, ملاحظات إضافية, معلومات إضافية"
    ),
}

# Right when nothing more specific heads another column.
GENERIC: dict[str, tuple[str, ...]] = {
    "id": _words("id, identifiant, المعرف"),
    "name": _words("name, names, nom, noms, participant, participante, الاسم, الإسم, اسم, المشارك, nombre"),
    "name_latin": _words(
        "name (latin), nom (latin), full name (latin), nom et prénom (latin), nom et prénom (en français), "
        "nom et prénom (français), nom et prénom (fr), name latin, nom (français), nom (fr), الاسم (لاتيني), "
        "الاسم (فرنسية)"
    ),
    "email": _words("e-mail, email, mail, mel, البريد, إيميل, ايميل, correo, e mail"),
    "phone": _words(
        "phone, telephone, mobile, cell, gsm, tel, téléphone, tél, portable, n° gsm, whatsapp, contact tél, "
        "الهاتف, هاتف, الجوال, المحمول, النقال, واتساب, teléfono, móvil"
    ),
    "gender": _words("gender, sex, genre, sexe, الجنس, النوع, النوع الاجتماعي, género, sexo"),
    "birth_date": _words("born, naissance, dob, ddn, الازدياد, الميلاد"),
    "birth_year": _words("yob"),
    "age": _words("age, âge, السن, العمر"),
    "category": _words("category, capacity, catégorie, qualité, statut du participant, الصفة, صفة"),
    "organisation": _words(
        "organisation, organization, organisation or association, المؤسسة أو الهيئة, organización o institución, "
        "institution, company, affiliation, employer, organisme, structure, entité, "
        "établissement, société, الهيئة, المؤسسة, المنظمة, الجهة المشغلة, organización"
    ),
    "role": _words("role, rôle, fonction dans l'événement, الدور, المهمة في اللقاء"),
    "language": _words("language, langue, locale, اللغة, لغة"),
    "town": _words(
        "town, city, commune, municipality, locality, village, ville, localité, municipalité, المدينة, الجماعة, "
        "مدينة, جماعة, البلدة, home city, provenance, ciudad"
    ),
    "province": _words("province, prefecture, préfecture, الإقليم, العمالة, إقليم, عمالة, provincia"),
    "region": _words("region, région, الجهة, جهة, región"),
    "country": _words("country, pays, البلد, الدولة, país"),
    "association": _words("mobilised by, mobilized by, coordinator, mobilisation, coordination, التعبئة"),
    "inclusion": _words(
        "inclusion, vulnerability, vulnérabilité, الإدماج, الهشاشة, handicap, disability, إعاقة, الوسط"
    ),
    "diet": _words("diet, dietary, régime, allergie, allergy, حمية, الحمية, التغذية, dieta"),
    "needs": _words("needs, assistance, besoins, احتياجات, الحاجيات"),
    "workshops": _words("workshop, workshops, atelier, ateliers, الورشة, الورشات, ورشة, talleres"),
    "consent_attend": _words("consent, consentement, الموافقة, موافقة"),
    "consent_photo": _words("images, image, صور"),
    "status": _words("status, الوضعية, الحالة"),
    "registered_on": _words("timestamp, submitted, inscription, التسجيل"),
    "attended": _words("attended, present, présent, présence, الحضور, حضر"),
    "notes": _words(
        "notes, note, comments, comment, remarks, remarques, remarque, commentaires, commentaire, observations, "
        "observation, ملاحظات, ملاحظة, تعليق, تعليقات, comentarios"
    ),
}

# Heads what only its cells can tell: each field is tried in this order.
VAGUE: dict[str, tuple[str, ...]] = {
    "type": ("category",),
    "profile": ("category",),
    "profil": ("category",),
    "statut": ("category", "status"),
    "vous etes": ("category",),
    "فئه": ("category",),
    "فئه انتماء": ("category",),
    "اي فئه تنتمي": ("category",),
    "الي اي فئه تنتمي": ("category",),
    "الي اي فئه تنتمون": ("category",),
    "you represent": ("category", "organisation"),
    "vous representez": ("category", "organisation"),
    "من تمثلون": ("category", "organisation"),
    "انت تمثل": ("category", "organisation"),
    "تمثلون": ("category", "organisation"),
    "association": ("association", "organisation"),
    "جمعيه": ("association", "organisation"),
    # A column of meals may also say who eats along.
    **dict.fromkeys(("meal", "food", "repas", "menu", "اكل", "وجبه", "comida"), ("diet",)),
    "participation": ("consent_attend",),
    "check": ("attended",),
    "participe": ("attended",),
    "attendance": ("consent_attend",),
    "مشاركه": ("consent_attend",),
    "date": ("registered_on",),
    "تاريخ": ("registered_on",),
    "contact": ("email", "phone"),
    "اتصال": ("email", "phone"),
    "contacts": ("email", "phone"),
    "coordonnees": ("email", "phone"),
}

# Single words that tell their field even inside a whole question.
TELLING: dict[str, tuple[str, ...]] = {
    "email": _words("email, e-mail, courriel, البريد الإلكتروني, إيميل"),
    "phone": _words("téléphone, telephone, phone, whatsapp, gsm, الهاتف, tél, tel, واتساب"),
    "gender": _words("gender, genre, sexe, الجنس"),
    "town": _words("ville, city, town, commune, المدينة"),
    "province": _words("province, préfecture, الإقليم, العمالة"),
    "region": _words("région, region"),
    "country": _words("pays, country"),
    "workshops": _words("workshop, workshops, atelier, ateliers, ورشة, الورشة, الورشات"),
    "diet": _words("dietary, diet, régime, allergies, allergie, حمية"),
    "needs": _words("accessibilité, accessibility, الولوجيات, الولوج"),
    "language": _words("langue, language, لغة"),
    "consent_photo": _words("photo, photos, photographed, photographié, filmed, filmé, التصوير, صور"),
    "age": _words("âge"),
}

# Words around a heading that say nothing about what it asks.
FILLERS = _words(
    "your, my, votre, vos, mon, ma, what, which, is, are, please, enter, write, indicate, select, choose, quel, "
    "quelle, quels, quelles, est, sont, veuillez, merci, indiquer, indiquez, préciser, précisez, saisir, "
    "saisissez, choisir, choisissez, ما, هو, هي, المرجو, يرجى, أدخل, إدخال, كتابة, تحديد, اختر, اختيار, لديك, "
    "لديكم, do, you, have, any, avez, vous, participant, participante, المشارك, المشاركة, champ obligatoire, "
    "obligatoire, required, optional, facultatif, إلزامي, اختياري, إجباري"
)
ARTICLES = _words(
    "the, of, a, an, l, d, de, du, des, la, le, les, et, and, ou, or, و, أو, el, del, y, en, à, au, aux, in, to, s"
)

# A heading in which somebody agrees to something.
CONSENT_STEMS = _words(
    "consent, agree, accept, authoris, authoriz, autoris, accord, موافق, اوافق, اقبل, قبول, ترخيص, allow, "
    "permission, permet"
)

# One of these words together with a sponsor's name heads a consent to share with that sponsor.
SHARING_STEMS = _words(
    "share, sharing, transfer, transmit, send my data, disclos, partag, transm, transfert, divulg, مشاركه, "
    "تقاسم, مشاطره, نقل, ارسال, احاله"
)
SHARING_PARTNERS = _words(
    "sponsors, sponsor, partners, partner, donors, third parties, partenaires, partenaire, bailleurs, tiers, شركاء, "
    "شريك, ممولين, اغيار"
)
# Sharing something else than data: a room, a car.
NOT_SHARING_DATA = _words(
    "photo, photos, image, images, video, vidéo, videos, vidéos, صور, الصور, الصوره, room, rooms, twin, car, cars, "
    "ride, taxi, chambre, chambres, voiture, voitures, covoiturage, غرفه, الغرفه, سياره, السياره"
)

# A heading with one of these words is about somebody or something else than the participant's own answer.
ABOUT_SOMETHING_ELSE = _words(
    "decision, décision, قرار, invoice, billing, emergency, urgence, facturation, facture, verified, vérifié, طوارئ, "
    "فاتوره, manager, supervisor, responsable hiérarchique, event name, nom de l'événement, reseller, affiliate, "
    "voucher, birth place, place of birth, lieu de naissance, ville de naissance, commune de naissance, "
    "مكان الازدياد, "
    "مكان الميلاد, مكان الولاده, conjoint, spouse, accompanying, accompagnant, مرافق, distance, hotel, hôtel, "
    "upload, télécharger, téléverser, photo d'identité, identity photo, passport photo, تحميل, "
    "فندق, arrival, departure date, arrivée"
)

# Personal facts no meeting needs: named to the coordinator, never stored.
PERSONAL = _words(
    "cin, cnie, c.i.n, id card, identity card, national id, id number, national id number, carte nationale, "
    "carte d'identité, numéro cin, n° cin, numéro d'identité, passport, passport number, passeport, "
    "numéro de passeport, رقم البطاقة الوطنية, البطاقة الوطنية, بطاقة التعريف, بطاقة التعريف الوطنية, "
    "رقم بطاقة التعريف, رقم الجواز, جواز السفر, ب.ت.و, bank, bank account, iban, rib, swift, compte bancaire, "
    "banque, حساب بنكي, الحساب البنكي, رقم الحساب, البنك, religion, faith, confession, الديانة, الدين, المذهب, "
    "ethnicity, race, ethnic origin, origine ethnique, الأصل العرقي, political party, political opinion, "
    "parti politique, appartenance politique, الانتماء السياسي, الحزب, trade union, syndicat, "
    "appartenance syndicale, النقابة, marital status, situation familiale, état matrimonial, "
    "situation matrimoniale, الحالة العائلية, الحالة المدنية, الوضعية العائلية, number of children, "
    "nombre d'enfants, عدد الأطفال, salary, income, salaire, revenu, revenus, الدخل, الأجر, social security, cnss, "
    "sécurité sociale, الضمان الاجتماعي, blood type, blood group, groupe sanguin, فصيلة الدم, sexual orientation, "
    "orientation sexuelle, الميل الجنسي, medical history, diagnosis, état de santé, antécédents médicaux, "
    "الحالة الصحية, nationality, nationalité, الجنسية, home address, postal address, adresse postale, "
    "adresse personnelle, adresse du domicile, العنوان الشخصي, criminal record, casier judiciaire, السجل العدلي, "
    "mot de passe, password, كلمة السر, signature, التوقيع"
)

# Numbers the rows; ignored without a word.
ROW_NUMBER = _words(
    "n°, no, nr, num, numéro, number, #, n, ord, n° d'ordre, numéro d'ordre, رقم, الرقم, ر.ت, الرقم الترتيبي, رت"
)

ORDINALS: dict[str, int] = {
    **dict.fromkeys(_words("1, first, 1st, premier, première, 1er, 1ère, أول, أولى"), 1),
    **dict.fromkeys(_words("2, second, 2nd, deuxième, 2ème, 2e, ثاني, ثانية"), 2),
    **dict.fromkeys(_words("3, third, 3rd, troisième, 3ème, 3e, ثالث, ثالثة"), 3),
    **dict.fromkeys(_words("4, fourth, 4th, quatrième, 4ème, 4e, رابع, رابعة"), 4),
    **dict.fromkeys(_words("5, fifth, 5th, cinquième, 5ème, 5e, خامس, خامسة"), 5),
}

# Begins the line below a table that adds it up.
TOTAL_WORDS = _words("total, totaux, sub total, sous total, total général, somme, sum, مجموع, مجموع عام, إجمالي")
