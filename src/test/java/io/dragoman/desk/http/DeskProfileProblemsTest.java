// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dragoman.channel.http.HttpChannel;
import io.dragoman.connector.InvalidProfile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong in a desk's profile is told with its place and what to do; neither side takes the other's. */
final class DeskProfileProblemsTest {
    private static final String GOOD = """
            name: Acme
            side: desk
            description: Tickets in Acme.
            settings:
              secret: {type: secret, about: "A long word of your own in the address.", verifies: true}
              baseUrl: {type: url, about: "Where the API of Acme is.", required: true}
            receive:
              verify: {token: {query: key, setting: secret}}
              reply:
                id: id
                reference: ticket
                text: text
              updated:
                when: $exists(level)
                reference: ticket
                priority: level
                priorities: {high: [A], low: [B]}
            send:
              create:
                path: /tickets
                json: "{'text': body}"
                answer: {reference: id}
              append:
                path: /tickets/{reference}
                json: "{'text': body}"
            """;

    @TempDir
    private Path home;

    @Test
    void aGoodOneShouldHaveNone() throws Exception {
        assertThat(new DeskProfileReader()
                        .read("acme", "profiles/acme.yaml", GOOD)
                        .settings())
                .extracting(setting -> setting.name())
                .containsExactly("secret", "baseUrl");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", quoteCharacter = '`', textBlock = """
            side: desk                 | side: channel          | side makes this no profile for a desk.
            `    reference: ticket
                text: text`            | `    text: text`       | 10:5 receive.reply must have one of reference:
            `    id: id
            `                          | ``                     | receive.reply.id is missing. It finds the helpdesk's id
            `    text: text`           | `    author: text`     | receive.reply has neither text: nor media:
            {high: [A], low: [B]}      | {hihg: [A]}            | is no priority of ours. Did you mean 'high'?
            {high: [A], low: [B]}      | {high: [A], low: [A]}  | has the word A, which stands here twice.
            answer: {reference: id}    | answer: {written: id}  | send.create has no answer.reference
            `  append:`                | `  edited:`            | send has no append:, the request that adds
            answer: {reference: id}    | answer: {id: id}       | is not a known key.
            """)
    void aFaultShouldBeToldWithItsPlace(String good, String bad, String told) {
        String part = good.replace("            ", "");
        String written = GOOD.replace(part, bad);
        assertThat(written).as("the fault").isNotEqualTo(GOOD);
        InvalidProfile invalid = catchThrowableOfType(
                InvalidProfile.class, () -> new DeskProfileReader().read("acme", "profiles/acme.yaml", written));
        assertThat(invalid).as(written).isNotNull();
        assertThat(invalid.faults().toString()).contains(told);
    }

    @Test
    void eachSideShouldListAndTakeItsOwnAlone() throws Exception {
        Files.createDirectories(home.resolve("profiles"));
        Files.writeString(home.resolve("profiles/acme.yaml"), GOOD);
        assertThat(new HttpDesk().profiles(home)).containsExactly("acme", "gorgias", "helpscout", "zammad");
        assertThat(new HttpChannel().profiles(home))
                .doesNotContain("acme", "gorgias", "helpscout", "zammad")
                .contains("telnyx");
        assertThat(new HttpDesk().describes(home.resolve("profiles/acme.yaml"))).isTrue();
        assertThat(new HttpChannel().describes(home.resolve("profiles/acme.yaml")))
                .isFalse();
        assertThat(catchThrowableOfType(InvalidProfile.class, () -> new HttpChannel().profile("acme", home))
                        .faults()
                        .toString())
                .contains("profiles/acme.yaml:2:7 side makes this no profile for a channel.");
        assertThat(catchThrowableOfType(InvalidProfile.class, () -> new HttpDesk().profile("telnyx", home))
                        .faults()
                        .toString())
                .contains("neither a shipped profile for a desk nor a file in profiles/");
    }
}
