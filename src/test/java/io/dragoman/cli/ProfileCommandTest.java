// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.config.Connectors;
import io.dragoman.model.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code profile list} and {@code profile test}, with the worked example of docs/profiles.md. */
final class ProfileCommandTest {
    @TempDir
    private Path home;

    private StringWriter out = new StringWriter();
    private StringWriter err = new StringWriter();
    private Path profile;

    @BeforeEach
    void writeTheExample() throws IOException {
        String page = Files.readString(Path.of("docs/profiles.md"));
        Matcher block = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL).matcher(page);
        profile = home.resolve("profiles/acme.yaml");
        Files.createDirectories(home.resolve("profiles/acme"));
        while (block.find()) {
            String yaml = block.group(1);
            Matcher named = Pattern.compile("^# (profiles/acme/[a-z]+\\.yaml)").matcher(yaml);
            if (named.find()) {
                Files.writeString(home.resolve(named.group(1)), yaml);
            } else if (yaml.startsWith("name: Acme")) {
                Files.writeString(profile, yaml);
            } else if (yaml.startsWith("side: desk")) {
                Files.writeString(home.resolve("profiles/acmedesk.yaml"), yaml);
            }
        }
    }

    @Test
    void theWorkedExampleShouldPass() {
        assertThat(run("profile", "test", profile.toString())).isZero();
        assertThat(out.toString()).isEqualTo("passed  message\npassed  send\n2 of 2 cases passed.\n");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void aCaseThatDiffersShouldFailAndShowBoth() throws Exception {
        Path send = home.resolve("profiles/acme/send.yaml");
        Files.writeString(send, Files.readString(send).replace("is: sent 8", "is: sent 9"));
        Path message = home.resolve("profiles/acme/message.yaml");
        Files.writeString(message, Files.readString(message).replace("\"body\": \"Hi\"", "\"body\": \"Ho\""));
        assertThat(run("profile", "test", profile.toString(), "--cases", home + "/profiles/acme"))
                .isEqualTo(Dragoman.FAILED);
        assertThat(out.toString())
                .contains(
                        "FAILED  send: outcome differs\nexpected: sent 9\nactual:   sent 8",
                        "FAILED  message: is not authentic",
                        "0 of 2 cases passed.");
    }

    @Test
    void everyWayToDifferShouldBeSeen() throws Exception {
        for (String[] change : List.of(
                new String[] {"method: POST", "method: PUT", "request.method differs"},
                new String[] {"/v1/sms", "/v2/sms", "request.url differs"},
                new String[] {"Bearer the-key", "Bearer another", "request.headers.Authorization differs"},
                new String[] {"headers: {Authorization: Bearer the-key}", "headers: {}", "request.headers differs"},
                new String[] {"\"body\": \"Hello\"", "\"body\": \"Hallo\"", "request.body differs"},
                new String[] {"text: Hello, ", "", "must have text:, media:, location:, choices: or template:"},
                new String[] {"outcome:", "outcom:", "send.yaml:9:1 outcom is not a known key. Did you mean 'outcome'?"
                },
                new String[] {"text: Hello", "txt: Hello", "send.txt is not a known key. Did you mean 'text'?"},
                new String[] {"method: POST", "metod: POST", "request.metod is not a known key. Did you mean 'method'?"
                },
                new String[] {"outcome: {is: sent 8}", "", "has no outcome"},
                new String[] {
                    "answer:", "token: {answer: {status: 200}}\nanswer:", "the profile fetches no access token"
                })) {
            writeTheExample();
            Path send = home.resolve("profiles/acme/send.yaml");
            assertThat(Files.readString(send)).contains(change[0]);
            Files.writeString(send, Files.readString(send).replace(change[0], change[1]));
            out = new StringWriter();
            assertThat(run("profile", "test", profile.toString())).as(change[1]).isEqualTo(Dragoman.FAILED);
            assertThat(out.toString()).contains("FAILED  send: ").contains(change[2]);
        }
        Path message = home.resolve("profiles/acme/message.yaml");
        for (String[] change : List.of(
                new String[] {"\"key\": \"7\"", "\"key\": \"8\"", "events differs"},
                new String[] {"\"verified\": false", "\"verified\": \"false\"", "events differs"},
                new String[] {"events: |", "event: |", "event is not a known key. Did you mean 'events'?"})) {
            writeTheExample();
            Files.writeString(message, Files.readString(message).replace(change[0], change[1]));
            out = new StringWriter();
            assertThat(run("profile", "test", profile.toString())).as(change[1]).isEqualTo(Dragoman.FAILED);
            assertThat(out.toString()).contains("FAILED  message: ").contains(change[2]);
        }
    }

    @Test
    void whatIsWrongWithTheProfileShouldBeToldWithItsPlace() throws Exception {
        Files.writeString(
                profile, Files.readString(profile).replace("id: sms.id\n    from", "id: $lowcase(sms.id)\n    from"));
        assertThat(run("profile", "test", profile.toString())).isEqualTo(Dragoman.WRONG);
        assertThat(err.toString())
                .contains(
                        "acme.yaml:13:9 receive.message.id calls what is no function here. Did you mean $lowercase(…)?");
        assertThat(run("profile", "test", home + "/nowhere.yaml")).isEqualTo(Dragoman.WRONG);
        assertThat(err.toString()).contains("nowhere.yaml cannot be read");
    }

    @Test
    void unknownNameShouldGetTheNearestAndHowToListThem() {
        for (String command : List.of("test", "show")) {
            err.getBuffer().setLength(0);
            assertThat(run("--home", home.toString(), "profile", command, "telnx"))
                    .isEqualTo(Dragoman.WRONG);
            assertThat(err.toString())
                    .isEqualTo(
                            "There is no profile 'telnx'. Did you mean telnyx? ./dragoman profile list names them all;"
                                    + " an own one is a file in " + home.resolve("profiles") + ".\n");
            err.getBuffer().setLength(0);
            assertThat(run("--home", home.toString(), "profile", command, "nothing-of-the-kind"))
                    .isEqualTo(Dragoman.WRONG);
            assertThat(err.toString()).startsWith("There is no profile 'nothing-of-the-kind'. ./dragoman profile list");
        }
    }

    @Test
    void aProfileWithoutCasesShouldNotPass() throws Exception {
        assertThat(run("profile", "test", profile.toString(), "--cases", home + "/none"))
                .isEqualTo(Dragoman.FAILED);
        Files.createDirectories(home.resolve("empty"));
        assertThat(run("profile", "test", profile.toString(), "--cases", home + "/empty"))
                .isEqualTo(Dragoman.FAILED);
    }

    @Test
    void shippedProfileShouldBeTestedByItsName() {
        assertThat(run("--home", home.toString(), "profile", "test", "telnyx")).isEqualTo(Dragoman.FAILED);
        assertThat(err.toString())
                .contains("The profile is good. It has no cases: " + home + "/profiles/telnyx")
                .contains("those of the shipped profiles are in src/test/resources/profiles of the sources");
        assertThat(run("profile", "test", "telnyx", "--cases", "src/test/resources/profiles/telnyx"))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).contains("cases passed.");
    }

    @Test
    void desksShouldBeListedShownAndTestedToo() throws Exception {
        assertThat(run("--json", "--home", home.toString(), "profile", "list"))
                .as(err.toString())
                .isZero();
        JsonNode list = Json.tree(out.toString().getBytes(StandardCharsets.UTF_8));
        assertThat(list)
                .filteredOn(line -> line.path("side").asText().equals("desk"))
                .extracting(line -> line.path("profile").asText())
                .contains("acmedesk", "gorgias", "zammad");
        out = new StringWriter();
        assertThat(run("--home", home.toString(), "profile", "show", "zammad")).isZero();
        assertThat(out.toString()).isEqualTo(Files.readString(Path.of("src/main/resources/profiles/zammad.yaml")));
        assertThat(run("profile", "test", "zammad", "--cases", "src/test/resources/profiles/zammad"))
                .as(err.toString())
                .isZero();
        Path cases = Files.createDirectories(home.resolve("profiles/acmedesk"));
        Files.writeString(
                cases.resolve("settings.yaml"), "{apiKey: k, urlSecret: s, baseUrl: \"https://acme.example\"}");
        Files.writeString(cases.resolve("append.yaml"), """
                send: {reference: "7", text: Hi}
                request:
                  method: POST
                  url: https://acme.example/tickets/7/comments
                  headers: {Authorization: Bearer k}
                  body: '{"as": "requester", "comment": "Hi"}'
                answer: {status: 200, body: '{"comment": {"id": 8}}'}
                outcome: {is: sent written 8}
                """);
        assertThat(run("profile", "test", home + "/profiles/acmedesk.yaml"))
                .as(out.toString() + err)
                .isZero();
    }

    @Test
    void profileShouldBeShownAsItIsWritten() throws Exception {
        assertThat(run("--home", home.toString(), "profile", "show", "telnyx")).isZero();
        assertThat(out.toString()).isEqualTo(Files.readString(Path.of("src/main/resources/profiles/telnyx.yaml")));
        out = new StringWriter();
        assertThat(run("--home", home.toString(), "profile", "show", "acme")).isZero();
        assertThat(out.toString()).isEqualTo(Files.readString(profile));
        out = new StringWriter();
        assertThat(run("--home", home.toString(), "profile", "show", "redmine", "--set-up"))
                .isZero();
        assertThat(out.toString()).contains("  1. Switch on the REST API").doesNotContain("settings:");
        assertThat(run("--home", home.toString(), "profile", "show", "telnix")).isEqualTo(Dragoman.WRONG);
        assertThat(err.toString()).contains("'telnix'", "telnyx");
        assertThat(run("--home", home.toString(), "profile", "show", "../config/channels"))
                .isEqualTo(Dragoman.WRONG);
    }

    @Test
    void shippedAndOwnProfilesShouldBeListedWithWhatTheyCanDo() throws Exception {
        assertThat(run("--json", "--home", home.toString(), "profile", "list")).isZero();
        JsonNode list = Json.tree(out.toString().getBytes(StandardCharsets.UTF_8));
        assertThat(list.findValuesAsText("profile")).contains("acme", "telnyx").hasSizeGreaterThan(20);
        assertThat(list.findValuesAsText("sends")).contains("text", "text, media");
        out = new StringWriter();
        assertThat(run("--json", "--home", home.toString(), "connectors", "http"))
                .isZero();
        JsonNode http =
                Json.tree(out.toString().getBytes(StandardCharsets.UTF_8)).get(0);
        assertThat(http.path("profiles"))
                .as("of both sides, each with its own")
                .containsExactlyElementsOf(list.findParents("side").stream()
                        .filter(line -> line.path("side").asText().equals("channel"))
                        .toList());
        assertThat(http.at("/settings/0/name").asText()).isEqualTo("profile");
    }

    private int run(String... arguments) {
        return new Dragoman(Connectors.installed(), name -> null)
                .commandLine(new PrintWriter(out, true), new PrintWriter(err, true))
                .execute(arguments);
    }
}
