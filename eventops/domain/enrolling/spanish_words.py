"""Spanish headings, and Spanish words for closed answers."""


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(",") if word.strip())


HEADINGS: dict[str, tuple[str, ...]] = {
    "name": _words(
        "nombre completo, nombre y apellidos, nombre y apellido, apellidos y nombre, nombre del participante"
    ),
    "first_name": _words("nombre de pila, primer nombre, nombres"),
    "last_name": _words("apellido, apellidos, primer apellido, apellido paterno"),
    "name_latin": _words("nombre en caracteres latinos, nombre en letras latinas, nombre en francés"),
    "email": _words(
        "correo electrónico, correo, correo-e, dirección de correo, dirección de correo electrónico, "
        "dirección de e-mail, "
        "tu correo electrónico, su correo electrónico"
    ),
    "phone": _words(
        "teléfono, número de teléfono, teléfono móvil, número de móvil, móvil, teléfono de contacto, celular, "
        "número de celular, whatsapp"
    ),
    "gender": _words("género, sexo, identidad de género, sexo o género"),
    "birth_date": _words("fecha de nacimiento, nacimiento, nacido el, nacida el"),
    "birth_year": _words("año de nacimiento"),
    "age": _words("edad, grupo de edad, rango de edad, tramo de edad, franja de edad"),
    "category": _words(
        "categoría, categoría del participante, tipo de participante, perfil, en calidad de, usted es, participa como, "
        "calidad en la que participa, en calidad de qué participa, calidad del participante"
    ),
    "organisation": _words(
        "organización, institución, entidad, empresa, asociación u organización, nombre de la organización, "
        "nombre de la asociación, organismo"
    ),
    "role": _words("rol, función en el evento, rol en el evento"),
    "language": _words("idioma, idioma preferido, lengua, lengua preferida, idioma de preferencia"),
    "town": _words(
        "ciudad, municipio, localidad, población, ciudad de residencia, municipio de residencia, lugar de residencia, "
        "localidad de residencia, comuna"
    ),
    "province": _words("provincia, provincia o prefectura, provincia de residencia, prefectura"),
    "region": _words("región, región de residencia"),
    "country": _words("país, país de residencia"),
    "association": _words(
        "asociación coordinadora, asociación movilizadora, invitado por, invitada por, asociación que le invitó"
    ),
    "inclusion": _words("grupo vulnerable, grupo prioritario, situación particular, colectivo vulnerable"),
    "diet": _words(
        "dieta, régimen alimentario, necesidades dietéticas, necesidades alimentarias, requisitos dietéticos, "
        "restricciones alimentarias, restricciones dietéticas, preferencias alimentarias, alergias, "
        "alergias alimentarias, alergias e intolerancias"
    ),
    "needs": _words(
        "necesidades de accesibilidad, accesibilidad, necesidades especiales, necesidades específicas, "
        "movilidad reducida, asistencia necesaria"
    ),
    "workshops": _words(
        "taller, talleres, taller preferido, taller elegido, elección de taller, preferencia de taller, "
        "taller temático, qué taller"
    ),
    "consent_attend": _words(
        "consentimiento, confirmación de asistencia, confirmo mi asistencia, asistirá, confirma su asistencia, "
        "acepto participar"
    ),
    "consent_photo": _words(
        "consentimiento de fotos, derechos de imagen, derecho de imagen, autorización de fotos, fotos, fotografías, "
        "autorizo fotografías, uso de imagen"
    ),
    "status": _words("estado de la inscripción, estado del registro"),
    "registered_on": _words(
        "fecha de inscripción, fecha de registro, fecha del registro, fecha de envío, marca temporal, "
        "hora de finalización"
    ),
    "attended": _words("asistió, asistencia, presente"),
    "notes": _words("comentarios, comentario, observaciones, notas, otros comentarios, información adicional"),
}
PERSONAL = _words(
    "dni, nie, documento de identidad, número de documento, número de identidad, pasaporte, número de pasaporte, "
    "cuenta bancaria, número de cuenta, banco, religión, confesión, origen étnico, raza, afiliación política, "
    "partido político, sindicato, afiliación sindical, estado civil, número de hijos, salario, ingresos, "
    "seguridad social, grupo sanguíneo, orientación sexual, estado de salud, nacionalidad, dirección postal, "
    "domicilio, dirección particular, antecedentes penales, contraseña, firma"
)
ELSEWHERE = _words(
    "emergencia, factura, facturación, acompañante, cónyuge, lugar de nacimiento, ciudad de nacimiento, llegada, "
    "hotel, responsable"
)
FILLERS = _words(
    "su, tu, sus, mi, cuál, cual, qué, que, es, son, por, favor, indique, escriba, seleccione, elija, introduzca, "
    "obligatorio, opcional, tiene, alguna, usted"
)
ARTICLES = _words("el, los, las, del, al, un, una, en, de, y, o, u, e, para, con")

ANSWERS: dict[str, tuple[str, ...]] = {
    "female": _words("mujer, femenino, femenina, señora, sra, señorita, chica"),
    "male": _words("hombre, masculino, varón, señor, sr, chico"),
    "other": _words("otro, otra, no binario, no binaria"),
    "elected": _words("cargo electo, electo local, concejal, concejala, alcalde, alcaldesa, representante electo"),
    "association": _words(
        "asociación, asociacion, actor asociativo, miembro de una asociación, sociedad civil, activista, ong"
    ),
    "public_sector": _words(
        "sector público, funcionario, funcionaria, administración, administración pública, empleado público, ministerio"
    ),
    "academic": _words(
        "investigador, investigadora, académico, académica, profesor, profesora, universitario, universitaria, "
        "investigador o académico, doctorando, doctoranda"
    ),
    "citizen": _words("ciudadano, ciudadana, ciudadanía, particular, a título individual"),
    "participant": _words("participante, asistente"),
    "speaker": _words("ponente, orador, oradora, conferenciante"),
    "expert": _words("experto, experta"),
    "guest": _words("invitado, invitada"),
    "facilitator": _words("facilitador, facilitadora, moderador, moderadora"),
    "organiser": _words("organizador, organizadora, organización"),
    "volunteer": _words("voluntario, voluntaria"),
    "interpreter": _words("intérprete, traductor, traductora"),
    "press": _words("prensa, periodista, medios"),
    "sponsor": _words("patrocinador, socio"),
    "standard": _words(
        "ninguno, ninguna, ninguna restricción, sin restricciones, sin dieta especial, normal, nada, no tengo, omnívoro"
    ),
    "vegetarian": _words("vegetariano, vegetariana, sin carne"),
    "vegan": _words("vegano, vegana"),
    "gluten_free": _words("sin gluten, celíaco, celíaca, intolerante al gluten, alergia al gluten"),
    "lactose_free": _words("sin lactosa, intolerante a la lactosa, intolerancia a la lactosa"),
    "diabetic": _words("diabético, diabética, diabetes, sin azúcar"),
    "low_salt": _words("sin sal, bajo en sal, poca sal"),
    "no_fish": _words("sin pescado, sin marisco, alergia al pescado, alergia al marisco"),
    "no_nuts": _words("sin frutos secos, alergia a los frutos secos, alergia a los cacahuetes"),
    "rural": _words("medio rural, zona rural, mundo rural"),
    "youth": _words("joven, jóvenes, juventud"),
    "disability": _words("discapacidad, persona con discapacidad, con discapacidad"),
    "woman_head": _words("mujer cabeza de familia, madre soltera"),
    "elderly": _words("persona mayor, mayores, tercera edad"),
    "remote": _words("zona remota, zona de montaña"),
    "low_income": _words("bajos ingresos, desempleado, desempleada, en paro"),
    "migrant": _words("migrante, refugiado, refugiada, inmigrante"),
    "ar": _words("árabe"),
    "fr": _words("francés"),
    "en": _words("inglés"),
    "zgh": _words("amazige, bereber"),
    "es": _words("español, castellano"),
    "registered": _words("registrado, registrada, inscrito, inscrita, confirmado, confirmada, pagado, pendiente"),
    "withdrawn": _words("retirado, retirada, no asiste, no asistirá, baja"),
    "cancelled": _words("cancelado, cancelada, anulado, anulada, rechazado, rechazada, reembolsado, expirado"),
    "granted": _words("concedido, concedida, cubierto"),
}
YES = _words(
    "sí, si, acepto, autorizo, de acuerdo, estoy de acuerdo, consiento, confirmo, verdadero, doy mi consentimiento"
)
NO = _words("no acepto, no autorizo, en desacuerdo, no estoy de acuerdo, no consiento, rechazo, falso")
NOTHING = _words("ninguno, ninguna, nada, no aplica, no procede, sin especificar, desconocido, no disponible, no tengo")
