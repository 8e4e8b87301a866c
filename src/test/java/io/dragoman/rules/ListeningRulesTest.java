// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.rules.action.Action;
import io.dragoman.rules.facts.Situation;
import io.dragoman.rules.facts.Trigger;
import io.dragoman.rules.facts.Trigger.On;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What streams hear, how negative a text is, and which answers wait. */
final class ListeningRulesTest {
    private static final String ZERO_WIDTH = "\u200B";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "any: [late, broken]          | It is BROKEN!            | yes",
                "any: [late, broken]          | unbroken translates      | no",
                "any: [broken]                | it is ｂｒｏｋｅｎ           | yes",
                "any: [broken]                | it is br_zw_oken         | yes",
                "any: [壊れた]                 | 昨日壊れたので返品したい      | yes",
                "any: [พัง]                    | มันพังแล้ว                  | yes",
                "any: [straße]                | Die STRASSE ist zu       | yes",
                "any: ['/not work(ing)?/']    | it is not working        | yes",
                "all: [order, late]           | my order came late       | yes",
                "all: [order, late]           | my order came            | no",
                "none: [giveaway]             | a giveaway               | no",
                "none: [giveaway]             | hello                    | yes",
                "{any: [late], none: [giveaway]} | late giveaway         | no",
                "hashtags: ['#AcmeFail']      | so bad #acmefail!        | yes",
                "hashtags: [acmefail]         | so bad ＃AcmeFail         | yes",
                "hashtags: [acmefail]         | acmefail                 | no",
                "hashtags: [acme]             | #acmefail                | no",
                "hashtags: [acme]             | see a#acme               | no",
                "hashtags: [დრაგომანი]        | #დრაგომანი                | yes",
                "languages: [de]              | Wo bleibt meine Bestellung seit letzter Woche? | yes",
                "languages: [de]              | Where is my order since the last week?         | no",
                "languages: [de]              | ?                        | no",
                "kinds: [facebook, x]         | hello                    | yes",
                "kinds: [instagram]           | hello                    | no",
                "channels: [shop-whatsapp]    | hello                    | yes",
                "channels: [sms]              | hello                    | no",
                "{}                           | hello                    | yes",
            })
    void streamShouldHearWhatItNames(String stream, String text, String heard) {
        RuleBook book = heardBy(stream.startsWith("{") ? stream : "{" + stream + "}", "");
        Situation situation =
                A.message(text.replace("_zw_", ZERO_WIDTH)).inPublic("facebook").now();
        assertThat(book.decide(situation).values("stream")).isEqualTo(heard.equals("yes") ? List.of("it") : List.of());
    }

    @ParameterizedTest
    @CsvSource({"DE, true, yes", "FR, true, no", ", true, yes", ", false, no"})
    void streamShouldHearFromItsPlaces(String country, boolean unplaced, String heard) {
        RuleBook book = heardBy("{places: [de, AT], unplaced: " + unplaced + "}", "");
        Situation situation = A.message("hello").inPublic("x").in(country).now();
        assertThat(book.decide(situation).values("stream")).hasSize(heard.equals("yes") ? 1 : 0);
    }

    @Test
    void conversationShouldGetTheTagsOfEveryStreamOnce() {
        Book read = Book.listening("rules: [{name: a, tags: [mine, brand]}]", "", """
                streams:
                  one: {any: [late], tags: [late, brand]}
                  two: {hashtags: [acme], tags: [brand]}
                  three: {any: [never said]}
                """);
        assertThat(read.problems).isEmpty();
        Decision decision =
                read.rules.decide(A.message("late #acme").inPublic("x").now());
        assertThat(decision.values("stream")).containsExactly("one", "two");
        assertThat(decision.values("tags")).containsExactly("late", "brand", "mine");
        assertThat(decision.actions())
                .extracting(action -> action.detail().orElse(""))
                .contains("the stream one hears it: 'late' found", "the stream two hears it: #acme");
        Decision privately = read.rules.decide(A.message("late #acme").now());
        assertThat(privately.values("stream")).isEmpty();
        assertThat(privately.values("tags")).containsExactly("mine", "brand");
    }

    @Test
    @DisplayName("what no stream hears is forwarded, or dropped when it is new and listening.yaml says so")
    void unheardShouldBeDroppedOnlyWhenNew() {
        A unheard = A.message("hello").inPublic("x");
        assertThat(heardBy("{any: [late]}", "").decide(unheard.now()).drop()).isNull();
        RuleBook drops = heardBy("{any: [late]}", "unheard: drop");
        assertThat(drops.decide(unheard.now()).drop()).contains("no stream hears it");
        assertThat(drops.decide(A.message("late").inPublic("x").now()).drop()).isNull();
        assertThat(drops.decide(A.message("hello").now()).drop()).isNull();
        assertThat(drops.decide(A.message("hello").inPublic("x").later().now()).drop())
                .isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "en | This is terrible, a total scam      | 3 | 'terrible' (list en, 1), 'scam*' (list en, 2)",
                "en | Thank you, all is fine              | 0 | no negative word found",
                "de | Ich bin enttäuscht, das ist Betrug  | 3 | 'enttäusch*' (list de, 1), 'betrug' (list de, 2)",
                "fr | C’est une arnaque, plus jamais      | 3 | 'arnaque*' (list fr, 2)",
                "es | Estoy decepcionada                  | 1 | 'decepcionad*' (list es, 1)",
                "it | Sono deluso, mai più                | 2 | 'delus*' (list it, 1)",
                "nl | Ik ben teleurgesteld                | 1 | 'teleurgesteld' (list nl, 1)",
                "pt | Péssimo, nunca mais                 | 2 | 'péssim*' (list pt, 1)",
                "pl | Jestem rozczarowana                 | 1 | 'rozczarowan*' (list pl, 1)",
                "tr | BERBAT bir hizmet                   | 1 | 'berbat' (list tr, 1)",
                "ru | Мошенники! Я разочарован            | 3 | 'мошенни*' (list ru, 2)",
                "uk | Ніхто не відповідає                 | 1 | 'ніхто не відповідає' (list uk, 1)",
                "ka | საშინელებაა, თაღლითები               | 3 | 'თაღლით*' (list ka, 2)",
                "hy | Սարսափելի է, խաբեբաներ              | 3 | 'խաբեբա*' (list hy, 2)",
                "ar | خدمة سيئة                           | 2 | 'خدمة سيئة' (list ar, 1)",
                "zh | 我很失望，垃圾                       | 2 | '失望' (list zh, 1)",
                "ja | 最悪です。詐欺だ                      | 3 | '詐欺' (list ja, 2)",
                "sw | 😡😡                                | 1 | '😡' (list every, 1)",
                "de | This is a scam                      | 0 | no negative word found",
                "-  | terrible scam                       | 3 | 'terrible' (list en, 1), 'scam*' (list en, 2)",
            })
    void scoreShouldBeTheSumOfTheEntriesFound(String language, String text, int score, String why) {
        RuleBook book = Book.of("rules: [{name: it, when: {negative: " + Math.max(1, score) + "}, tags: [bad]}]");
        Situation situation = A.message(text)
                .speaking(language.equals("-") ? null : language, null)
                .now();
        assertThat(Book.why(book, situation)).startsWith("score " + score).contains(why);
        assertThat(book.decide(situation).values("tags")).hasSize(score > 0 ? 1 : 0);
        RuleBook higher = Book.of("rules: [{name: it, when: {negative: " + (score + 1) + "}, tags: [bad]}]");
        assertThat(higher.decide(situation).values("tags")).isEmpty();
        RuleBook none = Book.of("rules: [{name: it, when: {negative: false}, tags: [good]}]");
        assertThat(none.decide(situation).values("tags")).hasSize(score > 0 ? 0 : 1);
    }

    @Test
    void operatorsShouldExtendAndReplaceTheLists() {
        String rule = "rules: [{name: it, when: {negative: true}, tags: [bad]}]";
        String lists = "negative: {en: {words: [slow], without: [broken]}, de: {strong: [lahm*], only: true}}";
        RuleBook book = Book.listening(rule, "", lists).rules;
        assertThat(score(book, "en", "slow")).startsWith("score 1: 'slow' (list en, 1)");
        assertThat(score(book, "en", "broken and rude")).isEqualTo("score 1: 'rude' (list en, 1)");
        assertThat(score(book, "de", "lahme Frechheit")).isEqualTo("score 2: 'lahm*' (list de, 2)");
        assertThat(score(book, "fr", "nul")).startsWith("score 1");
    }

    private static String score(RuleBook book, String language, String text) {
        return Book.why(book, A.message(text).speaking(language, null).now());
    }

    @Test
    @DisplayName("rules see streams, what is public, and how negative it is; also when nobody answers")
    void conditionsShouldSeeWhatIsHeard() {
        Book read = Book.listening("""
                rules:
                  - {name: Escalate, on: comment, when: {stream: complaints, negative: 2}, team: care, priority: high}
                  - {name: Later, on: {silence: 1h}, when: {public: true, negative: true}, priority: urgent}
                """, "", "streams: {complaints: {any: [order]}}");
        assertThat(read.problems).isEmpty();
        Situation bad =
                A.message("My order: a terrible scam").inPublic("facebook").now();
        assertThat(read.rules.decide(bad).values("team")).containsExactly("care");
        assertThat(Book.why(read.rules, bad)).isEqualTo("score 3: 'terrible' (list en, 1), 'scam*' (list en, 2)");
        assertThat(read.rules
                        .decide(A.message("a terrible scam")
                                .inPublic("facebook")
                                .now())
                        .values("team"))
                .isEmpty();
        Trigger hour = new Trigger(On.SILENCE, Duration.ofHours(1));
        assertThat(read.rules.decide(bad.after(hour)).values("priority")).containsExactly("urgent");
        assertThat(read.rules.decide(A.message("terrible").now().after(hour)).values("priority"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "-                     | -                             | public  | 172800",
                "-                     | -                             | private | -",
                "approval: never       | -                             | public  | -",
                "approval: required    | approval: {automatic: false}  | public  | 172800",
                "-                     | approval: {automatic: false}  | public  | -",
                "-                     | approval: {expires: 1h}       | public  | 3600",
            })
    void publicAnswersShouldWaitForApproval(String rule, String listening, String where, Long seconds) {
        Book read = Book.listening(
                "rules: [{name: it, reply: hello" + (rule == null ? "" : ", " + rule) + "}]",
                "replies: {hello: Hello}",
                listening == null ? "" : listening);
        assertThat(read.problems).isEmpty();
        A said = A.message("x");
        Decision decision = read.rules.decide(
                where.equals("public") ? said.inPublic("facebook").now() : said.now());
        assertThat(decision.approval("it").map(Duration::toSeconds).orElse(null))
                .isEqualTo(seconds);
        assertThat(decision.notes()).hasSize(seconds == null ? 0 : 1);
        assertThat(decision.values("approval")).hasSize(seconds == null ? 0 : 1);
        assertThat(decision.actions().stream().flatMap(one -> one.detail().stream()))
                .hasSize(seconds == null ? 1 : 2);
    }

    @Test
    void whatIsNotSaidShouldWaitForNothing() {
        Book read = Book.listening("rules: [{name: it, team: a}, {name: quiet, reply: no}]", "replies: {no: ' '}", "");
        Decision decision =
                read.rules.decide(A.message("x").inPublic("facebook").now());
        assertThat(decision.values("approval")).isEmpty();
        assertThat(decision.actions()).extracting(Action::subject).containsExactly("team", "reply");
    }

    private static RuleBook heardBy(String stream, String more) {
        Book read = Book.listening("rules: []", "", "streams:\n  it: " + stream + "\n" + more + "\n");
        assertThat(read.problems).isEmpty();
        return read.rules;
    }
}
