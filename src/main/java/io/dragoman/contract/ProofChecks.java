// SPDX-License-Identifier: Apache-2.0
package io.dragoman.contract;

import io.dragoman.connector.Account;
import io.dragoman.connector.AuthenticationFailed;
import io.dragoman.connector.JwksWebhook;
import io.dragoman.connector.Request;
import io.dragoman.connector.Secret;
import io.dragoman.connector.Served;
import io.dragoman.connector.Setting;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** How a request proves that it is authentic. */
final class ProofChecks {
    private static final int[] ALL_BITS = {0, 1, 2, 3, 4, 5, 6, 7};
    /** A token with a public key's signature is longer, and takes a thousand times as long to check as a hash. */
    private static final int SHORT_PROOF = 200;

    static final String GROUP = "proof";

    private ProofChecks() {}

    static List<ContractCheck> all() {
        return List.of(
                Webhooks.check(GROUP, "tampered body", "Every bit of the body is proven.", ProofChecks::tampered),
                Webhooks.check(
                        GROUP, "every bit counts", "A proof with one bit changed is refused.", ProofChecks::bits),
                Webhooks.check(
                        GROUP,
                        "missing or wrong",
                        "A request without proof, or with one of another form, is refused.",
                        ProofChecks::missing),
                Webhooks.check(
                        GROUP,
                        "proof in the address",
                        "Where the query proves a request, an empty or changed one is refused.",
                        ProofChecks::query),
                Webhooks.check(
                        GROUP,
                        "an old proof",
                        "A proof that carries its time is refused a week later.",
                        ProofChecks::old),
                Webhooks.check(
                        GROUP,
                        "nothing without a secret",
                        "An account that starts without its secret takes nothing unproven.",
                        ProofChecks::secretless),
                Webhooks.check(
                        GROUP,
                        "another secret",
                        "After a secret was changed, what the former proves is refused.",
                        ProofChecks::changed),
                Webhooks.check(
                        GROUP,
                        "the intake keeps what proves",
                        "headers() names every header that proves.",
                        ProofChecks::kept));
    }

    private static void kept(WebhookSample sample) {
        Expect.that(
                Webhooks.of(sample).receivesWebhooks(sample.account()),
                "an account that gets no webhooks",
                "one that does");
        for (String name : sample.proof()) {
            Expect.that(
                    Webhooks.of(sample).headers().stream().anyMatch(name::equalsIgnoreCase),
                    "headers() without " + name,
                    "every header that proves a request");
        }
    }

    private static void tampered(WebhookSample sample) {
        if (!sample.provesBody()) {
            throw new NotApplicable("its provider proves who posts, not what");
        }
        Request request = sample.request();
        byte[] body = request.body();
        for (int position = 0; position < body.length; position++) {
            for (int bit : bits(position)) {
                byte[] tampered = body.clone();
                tampered[position] ^= (byte) (1 << bit);
                Request changed = Webhooks.with(request, request.headers(), tampered);
                if (!sample.meansTheSame(changed)) {
                    refuses(sample, changed, "a body with a bit of byte " + position + " changed");
                }
            }
        }
        refuses(sample, cut(request, body.length - 1), "a body without its last byte");
        refuses(sample, cut(request, body.length + 1), "a body with a byte more");
        refuses(sample, cut(request, 0), "no body");
    }

    /** Two bits of a byte: another one each time, and the one of upper and lower case. */
    private static int[] bits(int position) {
        return new int[] {position % 8, 5};
    }

    private static Request cut(Request request, int length) {
        return Webhooks.with(request, request.headers(), Arrays.copyOf(request.body(), length));
    }

    private static void bits(WebhookSample sample) {
        Request request = proven(sample);
        for (String name : sample.proof()) {
            Map<String, String> headers = new TreeMap<>(request.headers());
            String right = right(headers, name);
            boolean whole = right.length() <= SHORT_PROOF;
            for (int position = 0; position < right.length(); position++) {
                for (int bit : whole ? ALL_BITS : bits(position)) {
                    StringBuilder wrong = new StringBuilder(right);
                    wrong.setCharAt(position, (char) (right.charAt(position) ^ 1 << bit));
                    headers.put(name, wrong.toString());
                    Request changed = Webhooks.with(request, headers, request.body());
                    refuses(sample, changed, name + " with a bit of character " + position + " changed");
                }
            }
        }
    }

    private static void missing(WebhookSample sample) {
        Request request = proven(sample);
        for (String name : sample.proof()) {
            Map<String, String> headers = new TreeMap<>(request.headers());
            String right = right(headers, name);
            headers.remove(name);
            refuses(sample, Webhooks.with(request, headers, request.body()), "no " + name);
            String other = new StringBuilder(right).reverse().toString();
            for (String wrong : List.of(
                    "",
                    " ",
                    "=",
                    "sha256=",
                    "sha256=zz",
                    "v1,",
                    "\u0000",
                    "é",
                    other,
                    right + "0",
                    "x".repeat(100_000),
                    right.substring(0, right.length() - 1))) {
                headers.put(name, wrong);
                refuses(sample, Webhooks.with(request, headers, request.body()), name + ": " + Expect.shortened(wrong));
            }
        }
    }

    private static void query(WebhookSample sample) {
        if (!sample.proof().isEmpty()) {
            throw new NotApplicable("headers prove its requests");
        }
        Request request = sample.request();
        if (!sample.proofParameters().isEmpty()) {
            sample.proofParameters().forEach(name -> parameter(sample, request, name));
            return;
        }
        for (String secret : sample.secrets()) {
            String query = request.query();
            if (query.contains(secret)) {
                String changed = secret.substring(0, secret.length() - 1);
                refuses(
                        sample,
                        Webhooks.asking(request, query.replace(secret, changed)),
                        "a query with a part of the secret");
                refuses(
                        sample,
                        Webhooks.asking(request, query.replace(secret, secret + "0")),
                        "a query with more than the secret");
                refuses(sample, Webhooks.asking(request, query.replace(secret, "")), "a query with an empty secret");
                refuses(sample, Webhooks.asking(request, ""), "no query");
                return;
            }
        }
        throw new CheckFailed("a request that neither headers nor a secret in its query prove", "a proof");
    }

    /** Each character of a parameter changed, the parameter longer, empty, and left out. */
    private static void parameter(WebhookSample sample, Request request, String name) {
        String right = request.parameter(name);
        String given = name + "=" + right;
        Expect.that(
                !right.isEmpty() && request.query().contains(given),
                "an authentic request without " + name,
                "every parameter that proofParameters() names, written as it is");
        for (int position = 0; position < right.length(); position++) {
            char other = right.charAt(position) == '7' ? '8' : '7';
            String wrong = name + "=" + right.substring(0, position) + other + right.substring(position + 1);
            String what = name + " with character " + position + " changed";
            refuses(sample, Webhooks.asking(request, request.query().replace(given, wrong)), what);
        }
        for (String wrong : List.of("", name + "=", name + "=%00", given + "0", name.toUpperCase(Locale.ROOT))) {
            Request changed = Webhooks.asking(request, request.query().replace(given, wrong));
            refuses(sample, changed, wrong.isEmpty() ? "no " + name : Expect.shortened(wrong));
        }
    }

    private static void old(WebhookSample sample) {
        Request request = sample.request();
        if (sample.proof().isEmpty() && sample.proofParameters().isEmpty()) {
            throw new NotApplicable("a secret in the address proves its requests");
        }
        boolean timed = Stream.concat(sample.proof().stream(), sample.proofParameters().stream())
                .anyMatch(name -> name.contains("timestamp")
                        || (request.headers().containsKey(name)
                                && right(request.headers(), name).matches("(Bearer )?eyJ[\\w-]+\\.[\\w-]+\\.[\\w-]+")));
        if (!timed) {
            throw new NotApplicable("its proof carries no time; copies are recognised by their keys");
        }
        Instant later = request.receivedAt().plus(Duration.ofDays(8));
        refuses(
                sample,
                new Request(
                        request.origin(),
                        request.method(),
                        request.path(),
                        request.query(),
                        request.headers(),
                        request.body(),
                        later),
                "a proof of eight days ago");
    }

    private static void secretless(WebhookSample sample) {
        Request request = sample.request();
        for (Setting<?> setting : Webhooks.secrets(sample)) {
            Account poorer = SettingsChecks.without(sample.account(), setting);
            boolean starts =
                    !setting.required() && sample.connector().problems(poorer).isEmpty();
            if (starts) {
                Map<String, String> empty = new TreeMap<>();
                sample.proof().forEach(name -> empty.put(name, ""));
                for (Map<String, String> headers : List.of(Map.<String, String>of(), empty)) {
                    Request unsigned = Webhooks.with(Webhooks.asking(request, ""), headers, request.body());
                    refuses(sample, poorer, unsigned, "no proof, without " + setting.name());
                }
            }
        }
    }

    /** Whichever secret verifies: with another in its place the request is refused. */
    private static void changed(WebhookSample sample) throws Exception {
        Request request = sample.request();
        Webhooks.verify(sample, sample.account(), request);
        if (sample.connector() instanceof JwksWebhook keyed
                && keyed.jwks(sample.account()).isPresent()) {
            throw new NotApplicable("keys that the sender publishes prove its requests");
        }
        if (Webhooks.secrets(sample).isEmpty() && !(sample.connector() instanceof Served)) {
            throw new NotApplicable("it has no secrets");
        }
        List<Account> others = new ArrayList<>();
        Webhooks.secrets(sample).forEach(setting -> others.add(Webhooks.withAnother(sample.account(), setting)));
        others.add(sample.account()
                .at(new Account.Installation(
                        sample.account().home().publicUrl(), new Secret("the key of another gateway"))));
        int proving = 0;
        for (Account other : others) {
            try {
                Webhooks.verify(sample, other, request);
            } catch (AuthenticationFailed e) {
                proving++;
            }
        }
        Expect.that(
                proving > 0,
                "a request that is taken whatever the secrets of the account and of the gateway are",
                "a secret that proves it");
    }

    private static Request proven(WebhookSample sample) {
        if (sample.proof().isEmpty()) {
            throw new NotApplicable("no header proves its requests");
        }
        return sample.request();
    }

    private static String right(Map<String, String> headers, String name) {
        String value = headers.get(name);
        if (value == null) {
            throw new CheckFailed("an authentic request without " + name, "every header that proof() names");
        }
        return value;
    }

    private static void refuses(WebhookSample sample, Request request, String what) {
        refuses(sample, sample.account(), request, what);
    }

    private static void refuses(WebhookSample sample, Account account, Request request, String what) {
        try {
            Webhooks.verify(sample, account, request);
        } catch (AuthenticationFailed e) {
            Expect.that(
                    e.status() == 401 || e.status() == 403,
                    "status " + e.status() + " for " + what,
                    "status 401 or 403");
            Webhooks.hides(sample, String.valueOf(e));
            return;
        } catch (RuntimeException e) {
            throw new CheckFailed(e + " for " + what, "AuthenticationFailed");
        }
        throw new CheckFailed("an authentic request with " + what, "AuthenticationFailed");
    }
}
