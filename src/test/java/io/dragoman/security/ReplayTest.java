// SPDX-License-Identifier: Apache-2.0
package io.dragoman.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.standardwebhooks.Webhook;
import io.dragoman.connector.Account;
import io.dragoman.connector.AuthenticationFailed;
import io.dragoman.connector.Connector;
import io.dragoman.connector.Request;
import io.dragoman.connector.Secret;
import io.dragoman.fuzz.Accounts;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Checklist 2: a signature is good for five minutes either way, by any of the secrets, in any place of the list. */
final class ReplayTest {
    private static final Instant SIGNED = Instant.parse("2026-11-21T10:00:00Z");
    private static final List<String> SECRETS = List.of(secret('a'), secret('b'), secret('c'));
    private static final String BODY = "{\"type\":\"conversation.closed\"}";

    private final Connector desk = Accounts.connector("webhook");

    @Test
    void goodForFiveMinutesEitherWay() throws Exception {
        String signature = sign(SECRETS.get(0));
        for (long seconds : List.of(-300, -299, 0, 299, 300)) {
            assertThat(accepted(SECRETS.get(0), signature, seconds))
                    .as(seconds + " s")
                    .isTrue();
        }
        for (long seconds : List.of(-86_400, -302, -301, 301, 302, 86_400)) {
            assertThat(accepted(SECRETS.get(0), signature, seconds))
                    .as(seconds + " s")
                    .isFalse();
        }
    }

    @Test
    void anyOfSeveralSecretsWillDoWhileTheyRotate() throws Exception {
        String all = String.join(" ", SECRETS);
        for (String secret : SECRETS) {
            assertThat(accepted(all, sign(secret), 0)).isTrue();
        }
        assertThat(accepted(all, sign(secret('d')), 0)).isFalse();
        assertThat(accepted(String.join(" ", SECRETS.subList(1, 3)), sign(SECRETS.get(0)), 0))
                .as("a secret that was taken out")
                .isFalse();
    }

    @Test
    void anyOfSeveralSignaturesWillDo() throws Exception {
        String good = sign(SECRETS.get(1));
        String bad = "v1," + "A".repeat(43) + "=";
        for (String list : List.of(
                bad + " " + good, good + " " + bad, "v1a,xyz " + good + " v2,abc", (bad + " ").repeat(500) + good)) {
            assertThat(accepted(SECRETS.get(1), list, 0)).isTrue();
        }
        String bare = good.substring("v1,".length());
        for (String list : List.of(
                bad,
                "v2," + bare,
                "V1," + bare,
                bare,
                good.replace(" ", ""),
                "v1 ," + bare,
                "v1,v1," + bare,
                "",
                ",")) {
            if (!list.equals(good)) {
                assertThat(accepted(SECRETS.get(1), list, 0)).as(list).isFalse();
            }
        }
    }

    private boolean accepted(String secrets, String signature, long secondsLater) {
        Account account = Accounts.account("webhook");
        Map<String, Object> values = new HashMap<>(account.values());
        values.put("secret", new Secret(secrets));
        Request request = new Request(
                Request.Origin.RECEIVED,
                "POST",
                "/desks/helpdesk",
                "",
                Map.of(
                        "webhook-id",
                        "msg_1",
                        "webhook-timestamp",
                        Long.toString(SIGNED.getEpochSecond()),
                        "webhook-signature",
                        signature),
                BODY.getBytes(UTF_8),
                SIGNED.plusSeconds(secondsLater));
        try {
            ((io.dragoman.connector.Webhook) desk)
                    .verify(
                            new Account(account.side(), account.id(), account.kind(), values, false, account.home()),
                            request);
            return true;
        } catch (AuthenticationFailed e) {
            return false;
        }
    }

    private static String sign(String secret) throws Exception {
        return new Webhook(secret).sign("msg_1", SIGNED.getEpochSecond(), BODY);
    }

    private static String secret(char letter) {
        return "whsec_"
                + Base64.getEncoder()
                        .encodeToString(String.valueOf(letter).repeat(32).getBytes(UTF_8));
    }
}
