// SPDX-License-Identifier: Apache-2.0
package io.dragoman.contract;

import io.dragoman.connector.Account;
import io.dragoman.connector.AuthenticationFailed;
import io.dragoman.connector.Jwks;
import io.dragoman.connector.JwksWebhook;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.Request;
import io.dragoman.connector.Secret;
import io.dragoman.connector.Served;
import io.dragoman.connector.Setting;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What proves a request while a secret changes, and afterwards. */
final class RotationChecks {
    private RotationChecks() {}

    static List<ContractCheck> all() {
        return List.of(Webhooks.check(
                "secrets",
                "two while one changes",
                "Where two secrets may hold, either proves, in either place; one that was taken away proves nothing.",
                RotationChecks::changes));
    }

    private static void changes(WebhookSample sample) throws Exception {
        Request request = sample.request();
        if (sample.connector() instanceof JwksWebhook keyed
                && keyed.jwks(sample.account()).isPresent()) {
            keyed.verify(sample.account(), request, sample.jwks());
            refuses(() -> keyed.verify(sample.account(), request, Jwks.NONE), "a key that is published no more");
            return;
        }
        if (sample instanceof UserSample users && users.letsIn(sample.account()).isPresent()) {
            users(users);
            return;
        }
        int changed = 0;
        for (Setting<?> setting : sample.connector().settings()) {
            String current = setting.beside();
            if (current != null
                    && sample.account().values().get(current) instanceof Secret right
                    && !(sample.connector() instanceof Served && isAnonymous(sample, current, right))) {
                change(sample, request, setting.name(), current);
                changed++;
            }
        }
        if (changed == 0) {
            throw new NotApplicable("none of its settings proves requests beside another: one secret holds at a time");
        }
    }

    /** Who proves who they are is let in by either secret, in either place. */
    private static void users(UserSample sample) {
        Expect.equal(sample.letsIn(sample.account()), Optional.of(true), "whether a user is let in");
        int changed = 0;
        for (Setting<?> setting : sample.connector().settings()) {
            String current = setting.beside();
            if (current != null && sample.account().values().get(current) instanceof Secret secret) {
                String other = Webhooks.another(secret.value());
                for (Map<String, String> secrets : both(setting.name(), current, secret.value(), other)) {
                    Account changing = with(sample.account(), secrets);
                    Expect.equal(
                            sample.connector().problems(changing), List.of(), "the list of problems while it changes");
                    Expect.equal(
                            sample.letsIn(changing),
                            Optional.of(true),
                            "whether a user is let in while " + current + " changes");
                }
                Expect.equal(
                        sample.letsIn(with(sample.account(), Map.of(current, other))),
                        Optional.of(false),
                        "whether a user is let in by a secret that was taken away");
                changed++;
            }
        }
        if (changed == 0) {
            throw new NotApplicable("none of its settings proves users beside another: one secret holds at a time");
        }
    }

    /** The accounts while one changes: the right secret in either place. */
    private static List<Map<String, String>> both(String former, String current, String right, String other) {
        return former.equals(current)
                ? List.of(Map.of(current, right + " " + other), Map.of(current, other + " " + right))
                : List.of(Map.of(current, right, former, other), Map.of(current, other, former, right));
    }

    /** What a channel serves itself may be written by somebody who proves nothing with a secret that proves who one is. */
    private static boolean isAnonymous(WebhookSample sample, String current, Secret right) throws Exception {
        try {
            Account other = with(sample.account(), Map.of(current, Webhooks.another(right.value())));
            return Webhooks.read(sample, other, sample.request()) != null;
        } catch (AuthenticationFailed e) {
            return false;
        }
    }

    private static void change(WebhookSample sample, Request request, String former, String current) throws Exception {
        Account account = sample.account();
        String right =
                Objects.requireNonNull((Secret) account.values().get(current)).value();
        String other = Webhooks.another(right);
        for (Map<String, String> secrets : both(former, current, right, other)) {
            Account changing = with(account, secrets);
            Expect.equal(sample.connector().problems(changing), List.of(), "the list of problems while it changes");
            try {
                Webhooks.read(sample, changing, request);
            } catch (AuthenticationFailed | MalformedPayload e) {
                throw new CheckFailed(
                        "a request that is refused while " + current + " changes: " + e.getMessage(),
                        "one that either secret proves");
            }
        }
        refuses(
                () -> Webhooks.read(sample, with(account, Map.of(current, other)), request),
                "a secret that was taken away");
    }

    private static Account with(Account account, Map<String, String> secrets) {
        Map<String, Object> values = new HashMap<>(account.values());
        secrets.forEach((name, value) -> values.put(name, new Secret(value)));
        return new Account(account.side(), account.id(), account.kind(), values, false, account.home());
    }

    private interface Reading {
        Object read() throws AuthenticationFailed, MalformedPayload;
    }

    /** Refused at the door, or, where what is written is encrypted, read by nobody. */
    private static void refuses(Reading reading, String what) {
        try {
            reading.read();
        } catch (AuthenticationFailed | MalformedPayload e) {
            return;
        }
        throw new CheckFailed("a request that is taken by " + what, "AuthenticationFailed");
    }
}
