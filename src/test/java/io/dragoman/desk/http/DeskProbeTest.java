// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dragoman.connector.Account;
import io.dragoman.connector.Connector;
import io.dragoman.connector.Desk;
import io.dragoman.connector.DeskCapability;
import io.dragoman.connector.HttpCall;
import io.dragoman.connector.InvalidProfile;
import io.dragoman.connector.PlainTransport;
import io.dragoman.connector.Response;
import io.dragoman.connector.Secret;
import io.dragoman.connector.SelfTest;
import io.dragoman.connector.SelfTest.Check;
import io.dragoman.connector.Side;
import io.dragoman.connector.TransportFailure;
import io.dragoman.connector.WebhookSetup;
import io.dragoman.model.Reason;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a profile says for the person who sets a desk up: steps, a test, and what it has. */
final class DeskProbeTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T10:00:30Z"), ZoneOffset.UTC);

    @TempDir
    private Path home;

    private final List<HttpCall> asked = new ArrayList<>();
    private @Nullable TransportFailure lost;
    private int status = 200;
    private String body = "{\"role\": \"agent\"}";
    private String date = "Sat, 21 Nov 2026 10:01:00 GMT";

    private final PlainTransport transport = new PlainTransport() {
        @Override
        public Response http(HttpCall call) throws TransportFailure {
            asked.add(call);
            if (lost != null) {
                throw lost;
            }
            return new Response(status, Map.of("date", date), body.getBytes(StandardCharsets.UTF_8));
        }
    };

    @Test
    void goodAccountShouldPass() throws Exception {
        assertThat(checks())
                .containsExactly(
                        Check.ok("the token", "Acme answered 200"),
                        Check.ok("clock", "that of Acme is 30 s ahead of ours"),
                        Check.notChecked(
                                "webhooks",
                                "the first that comes shows it: health counts what was accepted and refused"));
        assertThat(asked).singleElement().satisfies(call -> {
            assertThat(call.method()).isEqualTo("GET");
            assertThat(call.uri()).hasToString("https://acme.example/me");
        });
    }

    @Test
    void whatIsWrongShouldSayWhatToDo() throws Exception {
        status = 401;
        assertThat(checks().get(0)).isEqualTo(Check.failed("the token", "Acme answered 401", "Make an agent's token."));
        status = 200;
        body = "{\"role\": \"customer\"}";
        date = "Sat, 21 Nov 2026 09:50:30 GMT";
        assertThat(checks())
                .startsWith(
                        Check.failed(
                                "the token", "Acme answered 200, but not what is needed", "Make an agent's token."),
                        Check.failed(
                                "clock",
                                "that of Acme is 600 s behind ours",
                                "This machine says 2026-11-21T10:00:30Z, Acme 2026-11-21T09:50:30Z:"
                                        + " let the one that is wrong take its time from NTP."));
    }

    @Test
    void wrongAddressShouldNotBeToldAsARefusedToken() throws Exception {
        status = 404;
        assertThat(checks().get(0).remedy())
                .isEqualTo("baseUrl is not the address of Acme, or an id in the account is none of its: compare both."
                        + " Make an agent's token.");
        for (int good : List.of(200, 204)) {
            for (String nothing : List.of("", "{}", "null")) {
                status = good;
                body = nothing;
                assertThat(checks().get(0))
                        .isEqualTo(Check.failed(
                                "the token",
                                "Acme answered " + good + " with nothing in it",
                                "Whatever answers at baseUrl is not Acme: compare the address, and look for a proxy"
                                        + " before it."));
            }
        }
    }

    @Test
    void helpdeskThatGivesNoAnswerShouldNotBeToldAsARefusedToken() throws Exception {
        String unreachable = "There is no answer at baseUrl, https://acme.example: is it running there,"
                + " and are host, port and http or https right?";
        for (TransportFailure failure : List.of(
                TransportFailure.notSent(Reason.PROVIDER_DOWN, "acme.example: it refused the connection"),
                TransportFailure.maybeSent(Reason.TIMEOUT, "acme.example: took too long"))) {
            lost = failure;
            assertThat(checks().get(0)).isEqualTo(Check.failed("the token", failure.detail(), unreachable));
        }
        lost = null;
        status = 502;
        assertThat(checks().get(0).remedy()).isEqualTo("Acme, or a proxy before it, fails: look at its log.");
        status = 301;
        assertThat(checks().get(0).remedy()).isEqualTo("Set the final address as baseUrl.");
        status = 429;
        assertThat(checks().get(0).remedy()).isEqualTo("Wait, then test again.");
    }

    @Test
    void refusedContentShouldShowThatTheTokenIsGood() throws Exception {
        String profile = PROFILE.replace("path: /me", "path: /notes\n    json: \"{}\"")
                .replace("ok: role = 'agent'", "answer: {accepted: $status = 400}");
        status = 400;
        assertThat(checks(profile).get(0)).isEqualTo(Check.ok("the token", "Acme answered 400"));
        status = 401;
        assertThat(checks(profile).get(0))
                .isEqualTo(Check.failed("the token", "Acme answered 401", "Make an agent's token."));
        assertThat(asked).allSatisfy(call -> assertThat(call.method()).isEqualTo("POST"));
    }

    @Test
    void whatTheAccountGoesWithoutShouldNotBeAsked() throws Exception {
        String profile = PROFILE.replace("path: /me", "path: /me\n    when: $exists(settings.other)");
        assertThat(checks(profile)).startsWith(Check.notChecked("the token", "the account goes without it"));
        assertThat(asked).isEmpty();
    }

    @Test
    void whatAnAnswerShowsShouldBeTold() throws Exception {
        String profile = PROFILE.replace("clock: 5m", "found: \"'the role ' & role\"\n    untold: role = 'nobody'");
        assertThat(checks(profile).get(0)).isEqualTo(Check.ok("the token", "Acme answered 200: the role agent"));
        body = "{\"role\": \"a\\u0007\\ncustomer\"}";
        assertThat(checks(profile).get(0))
                .isEqualTo(Check.failed(
                        "the token",
                        "Acme answered 200: the role a customer, but not what is needed",
                        "Make an agent's token."));
        body = "{\"role\": \"nobody\"}";
        assertThat(checks(profile).get(0))
                .isEqualTo(Check.notChecked("the token", "Acme answered 200: the role nobody, which does not tell"));
    }

    @Test
    void eachItemShouldBeAskedForAndTheWrongOnesTold() throws Exception {
        String profile = PROFILE.replace(
                        "path: /me",
                        "each: \"[{'ours': 'a', 'theirs': '1'}, {'ours': 'b', 'theirs': '2'}]\"\n    path: /teams/{item.theirs}")
                .replace("ok: role = 'agent'", "ok: id = $item.theirs")
                .replace("clock: 5m", "untold: $status = 403");
        body = "{\"id\": \"1\"}";
        assertThat(checks(profile).get(0))
                .isEqualTo(Check.failed(
                        "the token", "b=2: Acme answered 200, but not what is needed", "Make an agent's token."));
        assertThat(asked).extracting(call -> call.uri().getPath()).containsExactly("/teams/1", "/teams/2");
        status = 404;
        assertThat(checks(profile).get(0))
                .isEqualTo(Check.failed(
                        "the token", "a=1: Acme answered 404; b=2: Acme answered 404", "Make an agent's token."));
        status = 403;
        assertThat(checks(profile).get(0).result()).isEqualTo(SelfTest.Result.NOT_CHECKED);
        status = 200;
        assertThat(checks(profile.replace(", {'ours': 'b', 'theirs': '2'}", "")).get(0))
                .isEqualTo(Check.ok("the token", "Acme has all 1"));
        assertThat(checks(PROFILE.replace("path: /me", "each: mapped.teams\n    path: /teams/{item.theirs}"))
                        .get(0))
                .isEqualTo(Check.notChecked("the token", "the account names none"));
    }

    @Test
    void testShouldOnlyLook() {
        InvalidProfile invalid = catchThrowableOfType(
                InvalidProfile.class, () -> desk(PROFILE.replace("path: /me", "path: /me\n    method: DELETE")));
        assertThat(invalid.getMessage()).contains("changes something, but a test only looks");
    }

    @Test
    void setUpShouldNameOurAddress() throws Exception {
        Connector desk = desk(PROFILE);
        assertThat(desk.features().setUp())
                .containsExactly("Make a webhook to `<publicUrl>/desks/<id>?key=WORD`.", "Agents answer with a reply.");
        assertThat(((WebhookSetup) desk).plan(account()).steps())
                .containsExactly(
                        "Make a webhook to https://chat.example.com/desks/help?key=WORD with the value of"
                                + " desks.help.word in place of WORD.",
                        "Agents answer with a reply.");
    }

    @Test
    void whatItHasShouldBeComputed() throws Exception {
        assertThat(((Desk) desk(PROFILE)).capabilities())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(
                                DeskCapability.ANSWERS, "webhook",
                                DeskCapability.NOTES, "kept back",
                                DeskCapability.FILES_TO, "as links",
                                DeskCapability.STATUS, "↔",
                                DeskCapability.TAGS, "→",
                                DeskCapability.TEAM, "←",
                                DeskCapability.SEVERAL, "yes",
                                DeskCapability.TEST, "yes",
                                DeskCapability.DOUBT,
                                        "is repeated: a repetition changes nothing (updated); is settled by `onUncertain` (append)"));
    }

    private List<Check> checks() throws Exception {
        return checks(PROFILE);
    }

    private List<Check> checks(String profile) throws Exception {
        return ((SelfTest) desk(profile)).test(account(), transport, CLOCK);
    }

    private Connector desk(String profile) throws Exception {
        return new HttpDesk().profile(Files.writeString(home.resolve("acme.yaml"), profile));
    }

    private static Account account() {
        Account.Installation here =
                new Account.Installation(URI.create("https://chat.example.com"), new Secret("key-of-the-installation"));
        Map<String, Object> values =
                Map.of("baseUrl", URI.create("https://acme.example"), "word", new Secret("the-secret-word"));
        return new Account(Side.DESK, "help", "http", values, false, here);
    }

    private static final String PROFILE = """
            name: Acme
            side: desk
            description: Tickets in Acme.
            setUp:
              - Make a webhook to {callback}.
              - Agents answer with a reply.
            settings:
              word: {type: secret, about: "A long word of your own in the address.", verifies: true}
              baseUrl: {type: url, about: "Where Acme's API is.", required: true}
            receive:
              verify: {token: {query: key, setting: word}}
              reply: {when: public, id: id, reference: ticket, text: text}
              closed: {when: closed, reference: ticket}
              updated: {when: sorted, reference: ticket, team: team}
            send:
              steps:
                tags: {each: conversation.tags, path: "/tickets/{reference}/tags", json: "{'tag': item}"}
              append: {path: /notes, json: "{'text': body}"}
              updated:
                idempotent: true
                needs: tags
                path: /tickets/{reference}
                json: "{'status': conversation.status}"
            test:
              - name: the token
                path: /me
                ok: role = 'agent'
                clock: 5m
                remedy: Make an agent's token.
            """;
}
