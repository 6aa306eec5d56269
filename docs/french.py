"""What every hook is for, in French.

docs/generate.py makes the French page of hooks of it and of the English examples.
"""

HOOKS = {
    "eventops_benefits": (
        "Des prestations en plus du déplacement, de l’hébergement et des repas.",
        "Ce qu’une personne peut recevoir en plus : garde d’enfants, indemnité… `unit` est ce qu’un tarif "
        "chiffrerait. `combine` dit comment plusieurs accords s’ajoutent : le plus favorable, ou additionnés "
        "jusqu’au tout.",
    ),
    "eventops_fields": (
        "Les questions du formulaire de l’association.",
        "Une question de votre formulaire. Les réponses sont importées, gardées, montrées dans les fichiers "
        "de leurs destinataires, effacées avec la personne, et visibles pour les règles. `sensitive` les "
        "tient loin de qui n’en a pas besoin.",
    ),
    "eventops_rules": (
        "Des règles qui accordent, excluent ou renvoient une prestation d’une personne, ou d’un groupe entier.",
        "Une règle regarde une personne et rend un seul avis : `grants`, `excludes`, `refers` ou "
        "`does_not_apply`, avec un motif et les valeurs utilisées. `may` annonce ce qu’elle peut dire. Une "
        "`GroupRule` regarde ensemble une famille, une délégation, une voiture ; `group` nomme le groupe de "
        "chacun.",
    ),
    "eventops_selections": (
        "L’ordre dans lequel on sert quand une ligne budgétaire ne suffit pas.",
        "Un ordre des personnes à qui une prestation est accordée, chacune une fois, avec un motif : les "
        "premières d’abord. Il marque jusqu’où va l’argent ; il ne retire rien à personne.",
    ),
    "eventops_tariffs": (
        "Le prix des trajets, des nuits et des repas.",
        "Un tarif transforme une unité, un trajet, une nuit, un repas servi ou un jour, en lignes chiffrées. "
        'Ses tables peuvent avoir des dates d’effet. Un tarif qui déclare `needs=("lodging", "meals")` lit dans '
        "`facts.supplied` les nuits et les repas de la personne.",
    ),
    "eventops_settings": (
        "Ce qu’un événement peut régler.",
        "Un nombre, un texte ou un oui-non que l’événement peut régler. Le type de `default` est celui de la valeur.",
    ),
    "eventops_gazetteers": (
        "Des tables de lieux.",
        "Une table de lieux. `load` donne l’index, et n’est appelé que s’il faut situer un texte.",
    ),
    "eventops_metrics": (
        "Des façons de mesurer une distance.",
        "Une façon de mesurer la distance entre deux points, chacun un couple (latitude, longitude) en degrés.",
    ),
    "eventops_readers": (
        "Des formats de fichiers d’inscriptions, et le sens des colonnes de formulaires connus.",
        "Un format de fichier : ses octets deviennent des feuilles de cellules, avec leurs vraies adresses. "
        "Une `ColumnMap` dit le sens des colonnes d’un formulaire connu ; elle sert quand tous ses `signs` se"
        " trouvent dans une ligne.",
    ),
    "eventops_exports": (
        "Des fichiers pour l’hôtel, le traiteur, un partenaire, une association.",
        "Un fichier pour un destinataire. `compose` reçoit le plan tel que ce destinataire peut le voir, et "
        "rend un `Report` dont les tables ont des colonnes typées ; chaque format de table en découle.",
    ),
    "eventops_writers": (
        "Des formats de table pour tous les exports.",
        "Un format de table. `render` reçoit un rapport déjà dit dans une langue, et rend les octets du "
        "fichier. Les `rows` d’une longue table ne sont faites qu’au passage : parcourez-les, ne les gardez "
        "pas.",
    ),
    "eventops_catalogues": (
        "Des traductions des textes de l’extension et d’eventops.",
        "Des traductions gettext, pour une extension qui a beaucoup de textes, ou pour faire parler eventops "
        "autrement.",
    ),
    "eventops_checks": (
        "Des questions pour `eventops doctor`.",
        "Une question posée au plan. Elle répond par des constats, aucun quand tout va bien.",
    ),
    "eventops_stores": (
        "Des sortes de magasins de données.",
        "Une sorte de magasin, par le schéma de son adresse. `open` reçoit l’adresse et rend un objet qui a "
        "les méthodes du port `Store`.",
    ),
    "eventops_erasures": (
        "Comment l’extension oublie une personne, si elle garde elle-même des faits.",
        "`erase` reçoit la personne, efface ce que l’extension sait d’elle, et dit combien de choses elle a effacées.",
    ),
    "eventops_commands": (
        "Des commandes à côté de celles d’eventops.",
        "Des commandes à vous, faites avec [click](https://click.palletsprojects.com). `@click.pass_obj` "
        "donne la `Console` : le plan, les textes dans la langue de qui lit, et `--json`.",
    ),
}
