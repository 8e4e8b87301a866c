// SPDX-License-Identifier: Apache-2.0
package io.dragoman.contract;

import io.dragoman.connector.Account;
import io.dragoman.connector.AuthenticationFailed;
import io.dragoman.connector.JwksWebhook;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.Request;
import io.dragoman.connector.Secret;
import io.dragoman.connector.Setting;
import io.dragoman.connector.Signature;
import io.dragoman.connector.Verified;
import io.dragoman.connector.Webhook;
import io.dragoman.model.Event;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What checks of webhooks share. */
final class Webhooks {
    private Webhooks() {}

    /** What a check of webhooks does. */
    @FunctionalInterface
    interface Body {
        void run(WebhookSample sample) throws Exception;
    }

    static ContractCheck check(String group, String name, String proves, Body body) {
        return new ContractCheck(group, name, proves, sample -> {
            if (!(sample.connector() instanceof Webhook)) {
                throw new NotApplicable("nobody posts to it");
            }
            if (!(sample instanceof WebhookSample posted)) {
                throw new NotApplicable(
                        "no sample of what is posted to it: neither a WebhookSample nor a simulator that"
                                + " says how it proves");
            }
            body.run(posted);
        });
    }

    /** What a check of reading does. */
    @FunctionalInterface
    interface Reading {
        void run(ReadSample sample) throws Exception;
    }

    /** A check for what is polled, too. */
    static ContractCheck reading(String group, String name, String proves, Reading body) {
        return new ContractCheck(group, name, proves, sample -> {
            if (!(sample instanceof ReadSample read)) {
                throw new NotApplicable(
                        "no sample of what comes to it: neither a ReadSample nor a simulator that says how it proves,"
                                + " or is polled");
            }
            body.run(read);
        });
    }

    static Webhook of(ReadSample sample) {
        return (Webhook) sample.connector();
    }

    /** Checks a request as the intake does, with the keys of the sample where the sender publishes them. */
    static Verified verify(ReadSample sample, Account account, Request request) throws AuthenticationFailed {
        if (request.origin() != Request.Origin.RECEIVED) {
            return Signature.polled(request);
        }
        return sample.connector() instanceof JwksWebhook keyed && sample instanceof WebhookSample posted
                ? keyed.verify(account, request, posted.jwks())
                : of(sample).verify(account, request);
    }

    static List<? extends Event> read(ReadSample sample, Request request)
            throws AuthenticationFailed, MalformedPayload {
        return read(sample, sample.account(), request);
    }

    static List<? extends Event> read(ReadSample sample, Account account, Request request)
            throws AuthenticationFailed, MalformedPayload {
        return sample.connector().read(account, verify(sample, account, request));
    }

    static Request with(Request request, Map<String, String> headers, byte[] body) {
        return new Request(
                request.origin(),
                request.method(),
                request.path(),
                request.query(),
                headers,
                body,
                request.receivedAt());
    }

    static Request asking(Request request, String query) {
        return new Request(
                request.origin(),
                request.method(),
                request.path(),
                query,
                request.headers(),
                request.body(),
                request.receivedAt());
    }

    /** The secrets that the sample's account has. */
    static List<Setting<?>> secrets(ConnectorSample sample) {
        List<Setting<?>> secrets = new ArrayList<>();
        for (Setting<?> setting : sample.connector().settings()) {
            if (setting.type() == Setting.Type.SECRET
                    && sample.account().values().get(setting.name()) instanceof Secret) {
                secrets.add(setting);
            }
        }
        return secrets;
    }

    /** The same account with another secret of the same form. */
    static Account withAnother(Account account, Setting<?> setting) {
        String right = Objects.requireNonNull((Secret) account.values().get(setting.name()))
                .value();
        Map<String, Object> values = new HashMap<>(account.values());
        values.put(setting.name(), new Secret(another(right)));
        return new Account(account.side(), account.id(), account.kind(), values, false, account.home());
    }

    /** Another secret of the same form. */
    static String another(String right) {
        int middle = right.length() / 2;
        char other = right.charAt(middle) == 'a' ? 'b' : 'a';
        return right.substring(0, middle) + other + right.substring(middle + 1);
    }

    /** The same request at another time, as if it had been fetched: nothing proves it. */
    static Request polled(Request request, Instant at) {
        return new Request(
                Request.Origin.POLLED,
                request.method(),
                request.path(),
                request.query(),
                request.headers(),
                request.body(),
                at);
    }

    static void hides(ReadSample sample, String shown) {
        Expect.hides(shown, List.of(ReadSample.CANARY));
        Expect.hides(shown, sample.secrets());
    }
}
