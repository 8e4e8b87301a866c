// SPDX-License-Identifier: Apache-2.0
package io.dragoman.profile;

import io.dragoman.connector.Acknowledgement;
import io.dragoman.yaml.Node;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads of {@code receive} what both sides have: how a webhook is verified and taken apart, and what is answered. */
final class ReceivingReader {
    private static final List<String> SHARED =
            List.of("verify", "headers", "body", "parse", "each", "ignore", "answer");

    private final Section receive;
    private final SettingNames settings;

    ReceivingReader(Section receive, SettingNames settings) {
        this.receive = receive;
        this.settings = settings;
    }

    /**
     * Reads it.
     *
     * @param events the keys below which this side's events stand
     */
    Receiving read(String... events) {
        Documents.Form form = receive.word("body", Documents.Form.class, Documents.Form.JSON);
        List<ProofCheck> checks = checks();
        if (form == Documents.Form.CLAIMS
                && checks.stream().noneMatch(check -> check instanceof JwtCheck || check instanceof JwksCheck)) {
            receive.error("body", "is claims, but verify: has no jwt: whose claims they could be.");
        }
        if (Arrays.stream(events).noneMatch(receive::has)) {
            receive.error("has none of "
                    + Arrays.stream(events).map(key -> key + ":").collect(Collectors.joining(", "))
                    + " so nothing is read.");
        }
        return new Receiving(
                checks,
                Set.copyOf(receive.texts("headers")),
                form,
                receive.texts("parse"),
                receive.expression("each"),
                receive.section("ignore").map(ReceivingReader::ignored).orElse(null),
                receive.section("answer").map(ReceivingReader::answer).orElse(Acknowledgement.OK),
                receive.section("answer")
                        .map(answer -> answer.expression("json"))
                        .orElse(null));
    }

    /**
     * Whether a provider posts at all, beside being polled.
     *
     * @param polled the key of what is polled
     */
    boolean posts(String polled, String... events) {
        receive.allow(Stream.of(SHARED.stream(), Arrays.stream(events), Stream.of(polled))
                .flatMap(keys -> keys)
                .filter(key -> !key.isEmpty())
                .toArray(String[]::new));
        if (polled.isEmpty() || !receive.has(polled) || receive.has("verify")) {
            return true;
        }
        SHARED.stream()
                .filter(receive::has)
                .forEach(key -> receive.error(key, "is about webhooks, which are not taken without verify:."));
        return false;
    }

    /** One check, or a list of which all must hold. */
    private List<ProofCheck> checks() {
        Optional<Node> verify = receive.node().get("verify");
        if (verify.isEmpty()) {
            return List.of();
        }
        List<Node> nodes =
                verify.get().shape() == Node.Shape.LIST ? verify.get().items() : List.of(verify.get());
        List<ProofCheck> checks = new ArrayList<>();
        for (Node node : nodes) {
            new CheckReader(receive.of(node), settings).read().ifPresent(checks::add);
        }
        if (checks.stream().filter(JwksCheck.class::isInstance).count() > 1) {
            receive.error("verify", "has several jwt: with keySet:, but the keys of one issuer alone are fetched.");
        }
        return checks;
    }

    private static IgnoredFields ignored(Section ignore) {
        ignore.allow("when", "name");
        return new IgnoredFields(ignore.expression("when"), ignore.expression("name"));
    }

    private static Acknowledgement answer(Section answer) {
        answer.allow("status", "type", "body", "json");
        if (answer.has("json") && (answer.has("body") || answer.has("type"))) {
            answer.error("json", "is the whole answer. Leave out body: and type:.");
        }
        String status = answer.text("status", "200");
        if (!status.matches("2[0-9][0-9]")) {
            answer.error("status", "is '" + status + "' but must be 200 to 299: what is answered is durable.");
            status = "200";
        }
        String type = answer.has("json") ? "application/json" : "text/plain; charset=utf-8";
        return new Acknowledgement(Integer.parseInt(status), answer.text("type", type), answer.text("body", ""));
    }
}
