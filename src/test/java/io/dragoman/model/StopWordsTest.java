// SPDX-License-Identifier: Apache-2.0
package io.dragoman.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.model.CustomerEvent.Consent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class StopWordsTest {
    private static final String GERMAN = "+4915112345678";
    private static final String NOWHERE = "ana";

    @ParameterizedTest
    @CsvSource({
        "+4915112345678, Abmelden, Anmelden, Hilfe",
        "+33612345678, ARRÊT, reprendre, Aide",
        "+34612345678, baja, alta, ayuda",
        "+525512345678, ALTO, iniciar, ayuda",
        "+5511961234567, SAIR, voltar, ajuda",
        "+393123456789, disiscrivimi, riprendi, aiuto",
        "+31612345678, Uitschrijven, aanmelden, hulp",
        "+46701234567, avsluta, starta, hjälp",
        "+358412345678, lopeta, aloita, apua",
        "+48512345678, REZYGNUJE, wznow, pomoc",
        "+420601123456, odhlasit, přihlásit, pomoc",
        "+36201234567, Leiratkozás, indít, segitseg",
        "+40712345678, dezabonare, abonare, ajutor",
        "+306912345678, ΔΙΑΓΡΑΦΉ, εναρξη, βοήθεια",
        "+905012345678, İPTAL, başla, YARDIM",
        "+79123456789, Стоп, старт, помощь",
        "+77011234567, тоқтату, бастау, көмек",
        "+380501234567, ВІДПИСАТИСЯ, почати, допомога",
        "+995555123456, სტოპ, დაწყება, დახმარება",
        "+37477123456, ՍՏՈՊ, սկսել, օգնություն",
        "+99366123456, bes et, başla, kömek",
        "+9647912345678, إيقاف, ابدأ, مساعدة",
        "+972502345678, הסר, התחל, עזרה",
        "+919876543210, रोकें, शुरू करें, मदद",
        "+8613123456789, 退订, 开始, 帮助",
        "+819012345678, 配信停止, 再開, ヘルプ",
        "+821020001234, 수신거부, 시작, 도움말",
        "+84912345678, Từ chối, bắt đầu, trợ giúp",
        "+66812345678, ยกเลิก, สมัคร, ช่วยเหลือ",
        "+62812345678, UNREG, mulai, bantuan",
        "+255712345678, SITISHA, anza, msaada",
    })
    void wordsOfTheCountryShouldBeUnderstood(String number, String stop, String start, String help) {
        assertThat(PhoneNumber.country(number)).isPresent();
        assertThat(StopWords.consent(stop, number)).isEqualTo(Consent.OPTED_OUT);
        assertThat(StopWords.consent(start, number)).isEqualTo(Consent.OPTED_IN);
        assertThat(StopWords.asksForHelp(help, number)).isTrue();
        assertThat(StopWords.consent("STOP", number)).as("and English").isEqualTo(Consent.OPTED_OUT);
        assertThat(StopWords.consent("unstop", number)).isEqualTo(Consent.OPTED_IN);
        assertThat(StopWords.asksForHelp("INFO", number)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " stop ",
                "Stop!",
                "\"STOP\".",
                "🛑 stop 🛑",
                "ＳＴＯＰ",
                "st\u200Bop",
                "STOP  ALL",
                "opt-out",
                "sto\u0301p"
            })
    void spellingShouldMakeNoDifference(String text) {
        assertThat(StopWords.consent(text, NOWHERE)).isEqualTo(Consent.OPTED_OUT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"please stop", "stop it", "nonstop", "", "   ", "!!!", "12", "s t o p", "Abmelden bitte"})
    void whatIsMoreThanTheWordShouldBeAMessage(String text) {
        assertThat(StopWords.consent(text, GERMAN)).isNull();
        assertThat(StopWords.asksForHelp(text, GERMAN)).isFalse();
    }

    @Test
    void wordsOfAnotherCountryShouldBeMessages() {
        assertThat(StopWords.consent("abmelden", "+33612345678")).isNull();
        assertThat(StopWords.consent("退订", GERMAN)).isNull();
        assertThat(StopWords.consent("abmelden", NOWHERE)).as("of no country").isNull();
        assertThat(StopWords.consent("ret", "+12125550100")).isNull();
    }

    @Test
    void longTextShouldBeAMessage() {
        assertThat(StopWords.consent("stop " + " ".repeat(1_000_000), GERMAN)).isNull();
    }
}
