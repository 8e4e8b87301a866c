// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Rules mark contacts. */
final class ContactTagsTest {
    private static final String RULES = """
            rules:
              - {name: a, when: {text: gold}, contact: {tags: [vip, gold]}, reply: r}
              - {name: b, contact: {tags: vip}}
              - {name: c, when: {contact: {tags: gold}}, tags: known}
              - {name: d, when: {if: '"vip" in contact.tags'}, tags: expressed}
            """;

    private final RuleBook book = Book.of(RULES, "replies: {r: \"{{ contact.tags | join: ' ' }}\"}", "");

    @Test
    void tagsAddUpAndTheReplySeesThem() {
        Decision decision = book.decide(A.message("gold").by("old").now());
        assertThat(decision.values("contact tags")).containsExactly("vip", "gold");
        assertThat(decision.values("tags"))
                .as("conditions see the contact as it was")
                .isEmpty();
        assertThat(decision.replies().get(0).text()).isEqualTo("old vip gold");
        assertThat(decision.rules().get(0).actions()).contains("adds tag 'vip' to the contact");
        assertThat(decision.rules().get(1).actions()).containsExactly("tag 'vip' was added to the contact before");
    }

    @Test
    void laterMessagesMeetThem() {
        assertThat(book.decide(A.message("hi").by("gold", "vip").now()).values("tags"))
                .containsExactly("known", "expressed");
    }

    @Test
    void whatIsNoTagIsAProblem() {
        assertThat(Book.read("rules: [{name: it, contact: {tag: vip}}]", "", "").problems)
                .anyMatch(each -> each.contains("tag is not a known key"));
        assertThat(Book.read("rules: [{name: it, contact: vip}]", "", "").problems)
                .anyMatch(each -> each.contains("must be a map"));
        assertThat(Book.read("rules: [{name: it, contact: {}}]", "", "").problems)
                .isNotEmpty();
    }
}
