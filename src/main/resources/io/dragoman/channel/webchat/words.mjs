// SPDX-License-Identifier: Apache-2.0
// The widget's own words. What a channel configures (title, greeting, consent) is shown as it is written there.
const WORDS = {
  en: { close: 'Close chat', end: 'End chat', log: 'Messages', write: 'Your message', send: 'Send', attach: 'Send a file',
    start: 'Start chat', name: 'Name', email: 'E-mail', phone: 'Phone', optional: '(optional)', privacy: 'Privacy policy',
    you: 'You', agent: 'Agent', automatic: 'Automatic reply', said: '{who}, {time}:', connecting: 'Connecting…',
    offline: 'No connection. Trying again…', ended: 'The chat has ended.', slow: 'Too many messages. Wait {seconds} seconds.',
    failed: 'This could not be sent.', large: 'The file is larger than {size} KB.', received: 'Received',
    login: 'Please log in on this website to chat.', required: 'Please fill in: {field}', agree: 'Please agree first.',
    mail: 'Mail this chat to me', mailed: 'This chat will be mailed to you.',
    thanks: 'Thank you for your answer.', answer: 'Send answer', change: 'Change answer', skip: 'No, thanks', done: 'Done',
    choose: 'Please choose an answer.', comment: 'Would you like to say more? (optional)', stars: '{n} of 5', good: 'Good', bad: 'Bad',
    typing: '{who} is typing…',
    open: 'We are here.', openUntil: 'We are here until {time}.', closed: 'We are closed. Write to us now, and we answer later.',
    closedUntil: 'We are closed. Write to us now, and we answer from {time} on.' },
  de: { close: 'Chat schließen', end: 'Chat beenden', log: 'Nachrichten', write: 'Ihre Nachricht', send: 'Senden',
    attach: 'Datei senden', start: 'Chat beginnen', name: 'Name', email: 'E-Mail', phone: 'Telefon', optional: '(freiwillig)',
    privacy: 'Datenschutzerklärung', you: 'Sie', agent: 'Team', automatic: 'Automatische Antwort', said: '{who}, {time}:',
    connecting: 'Verbinden…', offline: 'Keine Verbindung. Neuer Versuch…', ended: 'Der Chat ist beendet.',
    slow: 'Zu viele Nachrichten. Bitte {seconds} Sekunden warten.', failed: 'Das konnte nicht gesendet werden.',
    large: 'Die Datei ist größer als {size} KB.', received: 'Angekommen', login: 'Bitte melden Sie sich auf dieser Website an.',
    required: 'Bitte ausfüllen: {field}', agree: 'Bitte stimmen Sie zuerst zu.', mail: 'Diesen Chat per E-Mail senden',
    mailed: 'Dieser Chat kommt per E-Mail.',
    thanks: 'Danke für Ihre Antwort.', answer: 'Antwort senden', change: 'Antwort ändern', skip: 'Nein, danke', done: 'Fertig',
    choose: 'Bitte wählen Sie eine Antwort.', comment: 'Möchten Sie mehr sagen? (freiwillig)', stars: '{n} von 5', good: 'Gut', bad: 'Schlecht',
    typing: '{who} schreibt…',
    open: 'Wir sind da.', openUntil: 'Wir sind da bis {time}.', closed: 'Wir haben geschlossen. Schreiben Sie uns, wir antworten später.',
    closedUntil: 'Wir haben geschlossen. Schreiben Sie uns, wir antworten ab {time}.' },
  ar: { close: 'إغلاق المحادثة', end: 'إنهاء المحادثة', log: 'الرسائل', write: 'رسالتك', send: 'إرسال', attach: 'إرسال ملف',
    start: 'بدء المحادثة', name: 'الاسم', email: 'البريد الإلكتروني', phone: 'الهاتف', optional: '(اختياري)',
    privacy: 'سياسة الخصوصية', you: 'أنت', agent: 'الموظف', automatic: 'رد آلي', said: '{who}، {time}:', connecting: 'جارٍ الاتصال…',
    offline: 'لا يوجد اتصال. نحاول مجددًا…', ended: 'انتهت المحادثة.', slow: 'رسائل كثيرة. انتظر {seconds} ثانية.',
    failed: 'تعذر الإرسال.', large: 'الملف أكبر من {size} كيلوبايت.', received: 'وصلت', login: 'يرجى تسجيل الدخول للمحادثة.',
    required: 'يرجى ملء: {field}', agree: 'يرجى الموافقة أولًا.', mail: 'إرسال هذه المحادثة بالبريد', mailed: 'ستصلك هذه المحادثة بالبريد الإلكتروني.',
    thanks: 'شكرًا على إجابتك.', answer: 'إرسال الإجابة', change: 'تغيير الإجابة', skip: 'لا، شكرًا', done: 'تم',
    choose: 'يرجى اختيار إجابة.', comment: 'هل تود إضافة شيء؟ (اختياري)', stars: '{n} من 5', good: 'جيد', bad: 'سيئ',
    typing: '{who} يكتب…',
    open: 'نحن هنا.', openUntil: 'نحن هنا حتى {time}.', closed: 'نحن مغلقون الآن. اكتب لنا وسنرد لاحقًا.',
    closedUntil: 'نحن مغلقون الآن. اكتب لنا وسنرد ابتداءً من {time}.' },
};
const RIGHT_TO_LEFT = /^(ar|fa|he|ur|ps|yi|dv|ckb)\b/i;

export function wordsFor(language) {
  const words = WORDS[language.slice(0, 2).toLowerCase()] ?? WORDS.en;
  return (key, values = {}) => words[key].replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);
}

export const direction = (language) => (RIGHT_TO_LEFT.test(language) ? 'rtl' : 'ltr');
