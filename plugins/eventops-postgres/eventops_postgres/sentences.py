"""What the store says to people when something is in the way, in English, French and Arabic."""

from eventops import Text

URL_UNREADABLE = Text(
    "The URL of the store cannot be read ({error}); write it as {example}",
    fr="L’URL de la base ne peut pas être lue ({error}) ; écrivez-la ainsi : {example}",
    ar="تعذرت قراءة عنوان قاعدة البيانات ({error})؛ اكتبه هكذا: {example}",
)
NO_EVENT = Text(
    "The URL of the store names no event; write ?event=ID at its end",
    fr="L’URL de la base ne nomme aucun événement ; écrivez ?event=ID à la fin",
    ar="عنوان قاعدة البيانات لا يسمي أي فعالية؛ اكتب ?event=ID في آخره",
)
NOT_REACHED = Text(
    "The database {store} cannot be reached ({reason}). Check that the server runs, the network, and the "
    "name and password in the URL.",
    fr="La base de données {store} est injoignable ({reason}). Vérifiez que le serveur tourne, le réseau, "
    "ainsi que le nom et le mot de passe dans l’URL.",
    ar="تعذر الوصول إلى قاعدة البيانات {store} ({reason}). تحقق من أن الخادم يعمل، ومن الشبكة، ومن الاسم "
    "وكلمة السر في العنوان.",
)
SAME_MOMENT = Text(
    "Another command changed the store {store} at the same moment; nothing was changed. Try again.",
    fr="Une autre commande a modifié la base {store} au même moment ; rien n’a été modifié. Réessayez.",
    ar="غيّر أمر آخر قاعدة البيانات {store} في اللحظة نفسها؛ لم يتغير شيء. أعد المحاولة.",
)
NOT_ALLOWED = Text(
    "You may not do that in the database {store} ({reason}); nothing was changed. Ask its administrator.",
    fr="Vous n’en avez pas le droit dans la base de données {store} ({reason}) ; rien n’a été modifié. "
    "Adressez-vous à son administrateur.",
    ar="لا يحق لك ذلك في قاعدة البيانات {store} ({reason})؛ لم يتغير شيء. راجع المسؤول عنها.",
)
DISK_FULL = Text(
    "The disk of the server of {store} is full; nothing was changed. Ask its administrator.",
    fr="Le disque du serveur de {store} est plein ; rien n’a été modifié. Adressez-vous à son administrateur.",
    ar="قرص خادم {store} ممتلئ؛ لم يتغير شيء. راجع المسؤول عنه.",
)
STOPPED = Text(
    "The store {store} was not changed, because the database stopped the command ({reason}). Try again.",
    fr="La base {store} n’a pas été modifiée, car le serveur a arrêté la commande ({reason}). Réessayez.",
    ar="لم تتغير قاعدة البيانات {store} لأن الخادم أوقف الأمر ({reason}). أعد المحاولة.",
)
HELD = Text(
    "The store {store} is being changed by {holder}; after waiting {seconds} s nothing was changed. Try "
    "again when that command has ended, or wait longer with --wait.",
    fr="La base {store} est en cours de modification par {holder} ; après {seconds} s d’attente, rien n’a "
    "été modifié. Réessayez quand cette commande sera terminée, ou attendez plus longtemps avec --wait.",
    ar="يغيّر {holder} قاعدة البيانات {store} الآن؛ بعد انتظار {seconds} ثانية لم يتغير شيء. أعد المحاولة بعد انتهاء"
    " ذلك الأمر، أو انتظر أكثر باستعمال --wait.",
)
HELD_BY_ANOTHER = Text(
    "The store {store} is being changed by another command; after waiting {seconds} s nothing was "
    "changed. Try again when it has ended, or wait longer with --wait.",
    fr="La base {store} est en cours de modification par une autre commande ; après {seconds} s d’attente, "
    "rien n’a été modifié. Réessayez quand elle sera terminée, ou attendez plus longtemps avec --wait.",
    ar="يغيّر أمر آخر قاعدة البيانات {store} الآن؛ بعد انتظار {seconds} ثانية لم يتغير شيء. أعد المحاولة بعد "
    "انتهائه، أو انتظر أكثر باستعمال --wait.",
)
NO_STORE = Text(
    "There is no store {store} yet. Make it with `eventops store init`, or correct the URL (its end, "
    "?event=ID, names the event).",
    fr="La base {store} n’existe pas encore. Créez-la avec `eventops store init`, ou corrigez l’URL (sa "
    "fin, ?event=ID, nomme l’événement).",
    ar="لا توجد قاعدة البيانات {store} بعد. أنشئها بالأمر `eventops store init`، أو صحح العنوان (آخره، ?event=ID، "
    "يسمي الفعالية).",
)
NEWER = Text(
    "The store {store} was made by a newer eventops-postgres (its shape is {shape}, this one knows up to "
    "{known}); it was not touched. Install the newer one and try again.",
    fr="La base {store} a été créée par une version plus récente d’eventops-postgres (sa forme est {shape}, "
    "celle-ci connaît jusqu’à {known}) ; elle n’a pas été touchée. Installez la version plus récente et "
    "réessayez.",
    ar="أُنشئت قاعدة البيانات {store} بإصدار أحدث من eventops-postgres (شكلها {shape}، وهذا الإصدار يعرف إلى حدود "
    "{known})؛ ولم تُمسّ. ثبّت الإصدار الأحدث وأعد المحاولة.",
)
OLDER = Text(
    "The store {store} has the shape {shape} of an older eventops-postgres; run `eventops store migrate`.",
    fr="La base {store} a la forme {shape} d’une version plus ancienne d’eventops-postgres ; lancez "
    "`eventops store migrate`.",
    ar="لقاعدة البيانات {store} الشكل {shape} من إصدار أقدم من eventops-postgres؛ شغّل الأمر `eventops store migrate`.",
)
