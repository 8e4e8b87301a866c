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
              poll: {path: /changed, every: 1m}
            send:
              steps:
                person: {path: /people, value: id, keep: true}
                uploads: {each: files, path: "/files/{steps.person}", bytes: "{item.type}", value: id}
              create:
                needs: [person, uploads]
                path: /tickets
                json: "{'text': body, 'by': steps.person}"
                answer: {reference: id}
                lookUp: {path: /find, reference: id}
              append:
                path: /tickets/{reference}
                json: "{'text': body}"
              files: {largest: 5 MB}
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
        assertThat(new HttpDesk().profile(written()).settings())
                .extracting(setting -> setting.name())
                .contains("pollEvery", "pollBack", "onUncertain");
    }

    private Path written() throws Exception {
        return Files.writeString(home.resolve("acme.yaml"), GOOD);
    }

    @ParameterizedTest
    @CsvSource(maxCharsPerColumn = 200, delimiter = '|', nullValues = "-", quoteCharacter = '`', textBlock = """
            side: desk                 | side: channel          | side makes this no profile for a desk.
            `    reference: ticket
                text: text`            | `    text: text`       | 10:5 receive.reply must have one of reference:
            `    id: id
            `                          | ``                     | receive.reply.id is missing. It finds the helpdesk's id
            `    text: text`           | `    author: text`     | receive.reply has neither text: nor media:
            {high: [A], low: [B]}      | {hihg: [A]}            | is no priority of ours. Did you mean 'high'?
            `/changed, every: 1m`      | `/changed, detail: {path: /x, next: a, earlier: b}` | receive.poll.detail.earlier is in place of next:
            {high: [A], low: [B]}      | {high: [A], low: [A]}  | has the word A, which stands here twice.
            answer: {reference: id}    | answer: {written: id}  | send.create has no answer.reference
            `  append:`                | `  edited:`            | send has no append:, the request that adds
            answer: {reference: id}    | answer: {id: id}       | is not a known key.
            [person, uploads]          | [persona]              | send.create.needs names the step 'persona', which there is not. Did you mean 'person'?
            [person, uploads]          | [uploads, person]      | has uploads, which uses steps.person. Name person before it.
            [person, uploads]          | []                     | send.create uses steps.person, which its needs: does not name.
            `needs: [person, uploads]` | then: person           | send.steps.uploads is named by no needs: or then:, so it is never asked.
            keep: true                 | each: notes, keep: true | send.steps.person.keep is for a step with one value
            keep: true                 | optional: true, awaited: true | send.steps.person.awaited is for a step with one value
            {path: /find, reference: id} | {path: /find, written: id} | send.create.lookUp has no reference:, the helpdesk's id
            {path: /find, reference: id} | {path: /find}        | send.create.lookUp has none of found:, reference: and written:
            `bytes: "{item.type}"`     | `bytes: "{x}", json: x` | has several bodies. Keep one of
            each: files                | each: notes            | bytes sends one file, which a step with each: files alone has.
            5 MB                       | 5 GB                   | send.files.largest is '5 GB' but must be a size such as
            {path: /changed, every: 1m} | {path: /changed, every: 0s} | receive.poll.every is no time at all
            {path: /changed, every: 1m} | {path: /changed, evry: 1m} | is not a known key.
            `  verify: {token: {query: key, setting: secret}}` | `  body: json` | receive.body is about webhooks, which are not taken without verify:.
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
        assertThat(new HttpDesk().profiles(home)).contains("acme", "zammad").doesNotContain("telnyx");
        assertThat(new HttpChannel().profiles(home))
                .doesNotContain("acme", "zammad")
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
