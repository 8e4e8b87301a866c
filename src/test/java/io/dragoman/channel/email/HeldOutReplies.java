// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.email;

import io.dragoman.channel.email.ProgramReplies.Reply;
import java.util.ArrayList;
import java.util.List;

/** Replies of programs whose words no package holds, as they are remembered; no rule was made for one of them. */
final class HeldOutReplies {
    /** Name, language, introduction: above quoted lines. */
    private static final String[][] QUOTED = {
        {"gmail", "en", "On Mon, Nov 16, 2026 at 10:05 AM Example Shop <support@shop.example>\nwrote:\n\n"},
        {"gmail", "de", "Am Mo., 16. Nov. 2026 um 10:05 Uhr schrieb Example Shop <\nsupport@shop.example>:\n\n"},
        {"gmail", "fr", "Le lun. 16 nov. 2026 à 10:05, Example Shop <support@shop.example> a\nécrit :\n\n"},
        {"gmail", "es", "El lun, 16 nov 2026 a las 10:05, Example Shop (<support@shop.example>)\nescribió:\n\n"},
        {"gmail", "it", "Il giorno lun 16 nov 2026 alle ore 10:05 Example Shop <\nsupport@shop.example> ha scritto:\n\n"
        },
        {"gmail", "pt", "Em seg., 16 de nov. de 2026 às 10:05, Example Shop <support@shop.example>\nescreveu:\n\n"},
        {"gmail", "nl", "Op ma 16 nov 2026 om 10:05 schreef Example Shop <support@shop.example>:\n\n"},
        {"gmail", "hu", "Example Shop <support@shop.example> ezt írta (időpont: 2026. nov. 16., H,\n10:05):\n\n"},
        {"gmail", "el", "Στις Δευ 16 Νοε 2026 στις 10:05 π.μ., ο/η Example Shop <support@shop.example>\nέγραψε:\n\n"},
        {
            "gmail",
            "he",
            "\u200Fבתאריך יום ב׳, 16 בנוב׳ 2026 ב-10:05 מאת \u202AExample Shop\u202C\u200F <\u202Asupport@shop.example\u202C\u200F>:\u202C\n\n"
        },
        {"gmail", "fa", "در تاریخ دوشنبه ۲۵ آبان ۱۴۰۵، ۱۰:۰۵ Example Shop <support@shop.example>\nنوشت:\n\n"},
        {"gmail", "hi", "सोम, 16 नव॰ 2026 को 10:05 am बजे को Example Shop <support@shop.example> ने\nलिखा:\n\n"},
        {"gmail", "th", "ในวันที่ จ. 16 พ.ย. 2569 เวลา 10:05 Example Shop <support@shop.example>\nเขียนว่า:\n\n"},
        {"gmail", "vi", "Vào Th 2, 16 thg 11, 2026 vào lúc 10:05 Example Shop <\nsupport@shop.example> đã viết:\n\n"},
        {"gmail", "sw", "Mnamo Jtt, 16 Nov 2026 saa 10:05 Example Shop <support@shop.example>\naliandika:\n\n"},
        {"gmail", "bn", "সোম, ১৬ নভে, ২০২৬ তারিখে ১০:০৫ AM টায় Example Shop <support@shop.example> লিখেছেন:\n\n"},
        {"apple mail", "en", "On 16. Nov 2026, at 10:05, Example Shop <support@shop.example> wrote:\n\n"},
        {"apple mail", "da", "Den 16. nov. 2026 kl. 10.05 skrev Example Shop <support@shop.example>:\n\n"},
        {"apple mail", "fi", "Example Shop <support@shop.example> kirjoitti 16.11.2026 kello 10.05:\n\n"},
        {"apple mail", "ja", "2026/11/16 10:05、Example Shop <support@shop.example>のメール:\n\n"},
        {"apple mail", "zh", "在 2026年11月16日，上午10:05，Example Shop <support@shop.example> 写道：\n\n"},
        {"apple mail", "uk", "16 лист. 2026 р. о 10:05 Example Shop <support@shop.example> пише:\n\n"},
        {
            "iphone",
            "en",
            "Sent from my iPhone\n\nOn Nov 16, 2026, at 10:05 AM, Example Shop <support@shop.example> wrote:\n\n"
        },
        {
            "iphone",
            "de",
            "Von meinem iPhone gesendet\n\nAm 16.11.2026 um 10:05 schrieb Example Shop <support@shop.example>:\n\n"
        },
        {"k-9", "en", "On November 16, 2026 10:05:30 AM GMT+01:00, Example Shop <support@shop.example> wrote:\n"},
        {"k-9", "sk", "Dňa 16. novembra 2026 10:05:30 SEČ používateľ Example Shop <support@shop.example> napísal:\n"},
        {"proton", "en", "On Monday, November 16th, 2026 at 10:05 AM, Example Shop <support@shop.example> wrote:\n\n"},
        {
            "proton",
            "pl",
            "W dniu poniedziałek, 16 listopada 2026 o 10:05 Example Shop <support@shop.example> napisał(a):\n\n"
        },
        {"the bat", "en", "Monday, November 16, 2026, 10:05:30 AM, you wrote:\n\n"},
        {"the bat", "ru", "Вы писали 16 ноября 2026 г., 10:05:30:\n\n"},
        {"mutt", "en", "* Example Shop <support@shop.example> [2026-11-16 10:05 +0100]:\n"},
        {"gnus", "en", "Example Shop <support@shop.example> writes:\n\n"},
        {"squirrelmail", "de", "Example Shop schrieb:\n"},
        {"trojita", "en", "On pondělí 16. listopadu 2026 10:05:30 CET, Example Shop wrote:\n"},
        {"groupwise", "en", ">>> Example Shop <support@shop.example> 16.11.2026 10:05 >>>\n"},
        {"horde", "en", "Quoting Example Shop <support@shop.example>:\n\n"},
        {"horde", "is", "Tilvitnun í Example Shop <support@shop.example>:\n\n"},
        {
            "emclient",
            "en",
            "------ Original Message ------\nFrom: \"Example Shop\" <support@shop.example>\nTo: ana@customer.example\nSent: 16.11.2026 10:05:30\nSubject: Order 4711\n\n"
        },
        {
            "orange",
            "fr",
            "> Message du 16/11/26 10:05\n> De : \"Example Shop\" <support@shop.example>\n> A : ana@customer.example\n> Copie à : \n> Objet : Order 4711\n> \n"
        },
        {
            "zimbra",
            "en",
            "----- Original Message -----\n> From: \"Example Shop\" <support@shop.example>\n> To: \"Ana Lovelace\" <ana@customer.example>\n> Sent: Monday, November 16, 2026 10:05:30 AM\n> Subject: Order 4711\n\n"
        },
        {
            "web.de",
            "de",
            "Gesendet: Montag, 16. November 2026 um 10:05 Uhr\nVon: \"Example Shop\" <support@shop.example>\nAn: ana@customer.example\nBetreff: Order 4711\n\n"
        },
    };

    /** The same above a history without marks. */
    private static final String[][] UNQUOTED = {
        {
            "outlook",
            "en",
            "From: Example Shop <support@shop.example>\nSent: Monday, November 16, 2026 10:05 AM\nTo: Ana Lovelace <ana@customer.example>\nSubject: Order 4711\n\n"
        },
        {
            "outlook",
            "cs",
            "From: Example Shop <support@shop.example> \nSent: Monday, November 16, 2026 10:05 AM\nTo: ana@customer.example\nSubject: Order 4711\n\n"
        },
        {
            "outlook",
            "tr",
            "Kimden: Example Shop <support@shop.example>\nGönderildi: 16 Kasım 2026 Pazartesi 10:05\nKime: Ana Lovelace <ana@customer.example>\nKonu: Order 4711\n\n"
        },
        {
            "outlook",
            "lt",
            "-----Pradinis laiškas-----\nNuo: Example Shop [mailto:support@shop.example]\nIšsiųsta: 2026 m. lapkričio 16 d. 10:05\nKam: Ana Lovelace\nTema: Order 4711\n\n"
        },
        {
            "outlook",
            "ko",
            "보낸 사람: Example Shop <support@shop.example>\n보낸 날짜: 2026년 11월 16일 월요일 오전 10:05\n받는 사람: Ana Lovelace <ana@customer.example>\n제목: Order 4711\n\n"
        },
        {
            "outlook mobile",
            "sv",
            "Hämta Outlook för iOS\n________________________________\nFrån: Example Shop <support@shop.example>\nSkickat: Monday, November 16, 2026 10:05:30 AM\nTill: Ana Lovelace <ana@customer.example>\nÄmne: Order 4711\n\n"
        },
        {
            "hotmail",
            "eu",
            "________________________________\nNork: Example Shop <support@shop.example>\nBidaltze-data: astelehena, 2026(e)ko azaroaren 16(a) 10:05\nNori: Ana Lovelace <ana@customer.example>\nGaia: Order 4711\n\n"
        },
        {
            "hotmail",
            "ca",
            "________________________________\nDe: Example Shop <support@shop.example>\nEnviat el: dilluns, 16 de novembre de 2026 10:05\nPer a: Ana Lovelace <ana@customer.example>\nTema: Order 4711\n\n"
        },
        {
            "yahoo",
            "en",
            "    On Monday, November 16, 2026 at 10:05:30 AM GMT+1, Example Shop <support@shop.example> wrote:  \n \n "
        },
        {
            "yahoo",
            "ro",
            "    luni, 16 noiembrie 2026 la 10:05:30 EET, Example Shop <support@shop.example> a scris:  \n \n "
        },
        {"zoho", "en", "---- On Mon, 16 Nov 2026 10:05:30 +0100 Example Shop <support@shop.example> wrote ----\n\n"},
        {
            "zoho",
            "ta",
            "---- திங்கள், 16 நவ. 2026 10:05:30 +0100 அன்று Example Shop <support@shop.example> எழுதியது ----\n\n"
        },
        {
            "lotus notes",
            "en",
            "-----Example Shop <support@shop.example> wrote: -----\nTo: ana@customer.example\nFrom: Example Shop <support@shop.example>\nDate: 11/16/2026 10:05AM\nSubject: Order 4711\n\n"
        },
        {
            "lotus notes",
            "de",
            "Von:        Example Shop <support@shop.example>\nAn:        ana@customer.example\nDatum:        16.11.2026 10:05\nBetreff:        Order 4711\n\n"
        },
        {
            "qq",
            "zh",
            "------------------ 原始邮件 ------------------\n发件人: \"Example Shop\" <support@shop.example>;\n发送时间: 2026年11月16日(星期一) 上午10:05\n收件人: \"Ana Lovelace\"<ana@customer.example>;\n主题: Order 4711\n\n"
        },
        {"163", "zh", "At 2026-11-16 10:05:30, \"Example Shop\" <support@shop.example> wrote:\n\n"},
        {
            "naver",
            "ko",
            "-----Original Message-----\nFrom: \"Example Shop\" <support@shop.example>\nTo: <ana@customer.example>\nCc:\nSent: 2026-11-16 (월) 10:05:30 (GMT+09:00)\nSubject: Order 4711\n\n"
        },
        {"mail.ru", "ru", "Понедельник, 16 ноября 2026, 10:05 +03:00 от Example Shop <support@shop.example>:\n\n"},
        {"yandex", "ru", "16.11.2026, 10:05, \"Example Shop\" <support@shop.example>:\n\n"},
        {
            "free",
            "fr",
            "----- Mail original -----\nDe: \"Example Shop\" <support@shop.example>\nÀ: \"Ana Lovelace\" <ana@customer.example>\nEnvoyé: Lundi 16 Novembre 2026 10:05:30\nObjet: Order 4711\n\n"
        },
        {"groupwise", "de", ">>> Example Shop <support@shop.example> schrieb am Montag, 16. November 2026 um 10:05:\n"},
        {
            "gmx",
            "de",
            "--\nDiese Nachricht wurde von meinem Android Mobiltelefon mit GMX Mail gesendet.\nAm 16.11.26, 10:05 schrieb Example Shop <support@shop.example>:\n\n"
        },
        {
            "samsung",
            "hr",
            "-------- Izvorna poruka --------\nOd: Example Shop <support@shop.example> \nDatum: 16. 11. 2026. 10:05 (GMT+01:00) \nZa: ana@customer.example \nPredmet: Order 4711 \n\n"
        },
        {
            "samsung",
            "ar",
            "-------- الرسالة الأصلية --------\nمن: Example Shop <support@shop.example> \nالتاريخ: ١٦/١١/٢٠٢٦ ١٠:٠٥ ص (GMT+03:00) \nإلى: ana@customer.example \nالموضوع: Order 4711 \n\n"
        },
    };

    private HeldOutReplies() {}

    static List<Reply> all() {
        List<Reply> all = new ArrayList<>();
        for (String[] form : QUOTED) {
            String quote = ProgramReplies.QUESTION.replaceAll("(?m)^", "> ");
            String answer = "No, thanks.\n\nThe parcel of 3.11.2026 has not come: my number is 0170 555.";
            all.add(new Reply(form[0], form[1], answer, answer + "\n\n" + form[2] + quote + "\n", false));
            if (!form[2].contains("iPhone") && !form[0].equals("orange")) {
                all.add(new Reply(form[0] + ", below", form[1], answer, form[2] + quote + "\n\n" + answer, false));
            }
        }
        for (String[] form : UNQUOTED) {
            String answer = "No, thanks.\n\nName: Ana Lovelace\nDate: 3.11.2026\nNumber: 0170 555";
            all.add(new Reply(form[0], form[1], answer, answer + "\n\n" + form[2] + ProgramReplies.QUESTION, false));
        }
        return all;
    }
}
