// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.model.Part;
import io.dragoman.rules.facts.Situation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ExpressionsTest {
    private static final String HOURS =
            "hours:\n  default: {zone: UTC, week: {mon-fri: \"09:00-17:00\"}}\n  night: {zone: UTC, week: {mon: \"22:00-06:00\"}}\n";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "message.text == 'hello' && message.subject == '' && message.first && !message.automatic",
                "message.from.startsWith('+49') && !message.isReply && message.sentAt == now",
                "message.parts[0].type == 'text' && message.parts[0].text == 'hello'",
                "message.parts[1].media == 'image' && message.parts[1].size > 3 && message.parts[1].fileName == 'a.jpg'",
                "message.parts.exists(p, p.mimeType.startsWith('image/'))",
                "contact.name == 'Ana' && contact.identities.all(i, i.type == 'phone' && i.verified)",
                "conversation.status == 'open' && conversation.priority == 'normal' && conversation.team == ''",
                "conversation.createdAt < now && 'x' in conversation.tags == false",
                "channel == 'shop-whatsapp' && kind == conversation.kind",
                "hours.open && !hours.closed && hours.default.open && hours.night.closed",
                "now.getDayOfWeek('Europe/Berlin') == 1 && now < timestamp('2027-01-01T00:00:00Z')",
                "message.text.matches('(?i)HEL+O') && size(message.text) == 5",
                "conversation.id != '' && contact.id != '' && contact.language == '' && conversation.desk != ''",
                "conversation.updatedAt <= now && conversation.language == '' && conversation.subject == ''",
                "message.parts.all(p, p.choice == '' && p.title == '')",
            })
    void everyVariableHasItsValue(String expression) {
        Part photo = Part.Media.incoming(Part.MediaKind.IMAGE, "image/jpeg", "a.jpg", 4_000L, "x");
        RuleBook book =
                Book.of("rules:\n  - name: it\n    when: {if: \"" + expression + "\"}\n    tags: yes", "", HOURS);
        Situation situation = A.message("hello").part(photo).now();
        assertThat(book.decide(situation).values("tags"))
                .as(Book.why(book, situation))
                .contains("yes");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "message.txt == 'a'                   | 4:18 rules[0].when.if is not right at character 8: undefined field 'txt'.",
                "\"message.txt == 'a'\"                 | 4:19 rules[0].when.if is not right at character 8: undefined field 'txt'.",
                "contakt.name == 'a'                  | 4:11 rules[0].when.if is not right at character 1: undeclared reference to 'contakt' (in container '').",
                "message.text                         | 4:18 rules[0].when.if is not right at character 8: expected type 'bool' but found 'string'.",
                "message.parts.exists(p, p.siz > 1)   | 4:36 rules[0].when.if is not right at character 26: undefined field 'siz'.",
                "message.text.matches('(a')           | 4:32 rules[0].when.if is not right at character 22: not an RE2 expression: missing closing ).",
                "message.text.matches('(?=a)')        | 4:32 rules[0].when.if is not right at character 22: not an RE2 expression:",
                "now < timestamp('yesterday')         | 4:27 rules[0].when.if is not right at character 17:",
                "hours.open                           | 4:16 rules[0].when.if is not right at character 6: undefined field 'open'.",
                "size('ანა') > contact.nam            | 4:32 rules[0].when.if is not right at character 22: undefined field 'nam'.",
                "1 +                                  | 4:14 rules[0].when.if is not right at character 4: mismatched input '<EOF>'.",
            })
    void whatDoesNotTypeCheckIsAProblemAtItsPlace(String condition, String problem) {
        Book book = Book.read(
                "rules:\n  - name: it\n    when:\n      if: " + condition.strip() + "\n    tags: yes", "", "");
        assertThat(book.problems).singleElement().asString().startsWith("rules.yaml:" + problem);
    }

    @Test
    void placesInBlocksAreExact() {
        Book book = Book.read(
                "rules:\n  - name: it\n    when:\n      if: |\n        message.first &&\n          message.txt == 'a'\n    tags: yes",
                "",
                "");
        assertThat(book.problems).singleElement().asString().startsWith("rules.yaml:6:18 rules[0].when.if");
    }

    @Test
    void whatFailsWhileRunningIsNotMetAndSaysWhy() {
        RuleBook book = Book.when("if: message.parts[7].size > 1");
        assertThat(book.decide(A.message("x").now()).values("tags")).isEmpty();
        assertThat(Book.why(book, A.message("x").now()))
                .startsWith("could not be evaluated")
                .contains("Index out of bounds");
    }

    @Test
    void workIsBounded() {
        List<Part> many = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            many.add(new Part.Text("x"));
        }
        A message = A.message("x");
        many.forEach(message::part);
        RuleBook book =
                Book.when("if: message.parts.all(a, message.parts.all(b, message.parts.all(c, a.text == b.text)))");
        assertThat(Book.why(book, message.now())).contains("Iteration budget exceeded");
    }

    @Test
    void deepAndLongExpressionsAreProblemsNotCrashes() {
        String deep = "(".repeat(1_500) + "true" + ")".repeat(1_500);
        String lengthy = "true" + " && true".repeat(2_000);
        for (String expression : List.of(deep, lengthy)) {
            assertThat(Book.read("rules:\n  - {name: it, when: {if: " + expression + "}, tags: yes}", "", "").problems)
                    .hasSize(1);
        }
    }
}
