// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.model.CustomerEvent.Consent;
import io.dragoman.rules.facts.Situation.Tally;
import java.time.Duration;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class AutoReplyGuardTest {
    private static final String RULE = "rules: [{name: it, reply: hello, tags: seen}]\n";
    private static final String HELLO = "replies: {hello: Hello!}";

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of(
                        A.message("x").automatic("Auto-Submitted: auto-replied"),
                        "a machine wrote the message: Auto-Submitted"),
                Arguments.of(
                        A.message("x").after(new Tally(0, 0, 0, "support-mail")),
                        "one of our own addresses: support-mail"),
                Arguments.of(A.message("STOP").consent(Consent.OPTED_OUT), "the customer opted out"),
                Arguments.of(
                        A.message("x").after(new Tally(3, 0, 0, null)),
                        "3 automatic replies to this contact in the last 24 hours, at most 3 allowed (guard.perContact)"),
                Arguments.of(
                        A.message("x").after(new Tally(2, 2, 0, null)),
                        "2 automatic replies in this conversation in the last 24 hours, at most 2 allowed (guard.perConversation)"),
                Arguments.of(
                        A.message("x").after(new Tally(0, 0, 60, null)),
                        "60 automatic replies of the whole gateway in the last minute, at most 60 allowed (guard.perMinute)"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void suppressesTheReplyAndSaysWhy(A situation, String reason) {
        Decision decision = Book.of(RULE, HELLO, "").decide(situation.now());
        assertThat(decision.replies()).singleElement().satisfies(reply -> {
            assertThat(reply.suppressed()).contains(reason);
            assertThat(reply.text()).isEmpty();
        });
        assertThat(decision.values("tags")).as("the rest of the rule applies").containsExactly("seen");
        assertThat(decision.rules().get(0).actions())
                .anyMatch(action -> action.startsWith("reply 'hello' is suppressed: ") && action.contains(reason));
    }

    @Test
    void aMachineThatMarksNothingIsToldByWhatIsRemembered() {
        Tally repeated = new Tally(1, 0, 0, null, Duration.ofHours(3), true);
        Tally soon = new Tally(1, 0, 0, null, Duration.ofSeconds(7), false);
        assertThat(suppressed(A.message("away").about(null, "Re: hello").after(repeated)))
                .isEqualTo("it looks like a machine's: the same text came before and got an automatic reply");
        assertThat(suppressed(A.message("away").about(null, "Re: hello").after(soon)))
                .isEqualTo(
                        "it looks like a machine's: it came 7 seconds after an automatic reply to its sender and names no"
                                + " mail that it answers");
        assertThat(suppressed(A.message("away")
                        .about(null, "Re: hello")
                        .after(new Tally(1, 0, 0, null, Duration.ofMinutes(2), false))))
                .isNull();
        assertThat(suppressed(A.message("hours").after(repeated)))
                .as("a chat, where people ask the same again")
                .isNull();
    }

    private static @Nullable String suppressed(A situation) {
        return Book.of(RULE, HELLO, "").decide(situation.now()).replies().get(0).suppressed();
    }

    @Test
    void letsThroughBelowEveryBudget() {
        Decision decision = Book.of(RULE, HELLO, "")
                .decide(A.message("x")
                        .after(new Tally(2, 1, 59, null))
                        .consent(Consent.OPTED_IN)
                        .now());
        assertThat(decision.replies()).singleElement().satisfies(reply -> {
            assertThat(reply.suppressed()).isNull();
            assertThat(reply.text()).isEqualTo("Hello!");
        });
    }

    @Test
    void budgetsAreSettings() {
        String none = RULE + "guard: {perContact: 0, perConversation: 10, perMinute: 1000}";
        assertThat(Book.of(none, HELLO, "")
                        .decide(A.message("x").now())
                        .replies()
                        .get(0)
                        .suppressed())
                .contains("guard.perContact");
        String more = RULE + "guard: {perContact: 10, perConversation: 10, perMinute: 1000}";
        assertThat(Book.of(more, HELLO, "")
                        .decide(A.message("x").after(new Tally(9, 9, 999, null)).now())
                        .replies()
                        .get(0)
                        .suppressed())
                .isNull();
    }

    @Test
    void budgetsAreNumbers() {
        Book book =
                Book.read("guard: {perContact: -1, perConversation: many, perMinutes: 3, perMinute: 9999999}", "", "");
        assertThat(book.problems).hasSize(4).anyMatch(problem -> problem.contains("Did you mean 'perMinute'?"));
    }
}
