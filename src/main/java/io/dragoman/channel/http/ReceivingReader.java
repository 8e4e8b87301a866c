// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.http;

import io.dragoman.connector.Acknowledgement;
import io.dragoman.connector.kit.ErrorCodes;
import io.dragoman.connector.kit.StatusWords;
import io.dragoman.model.Status;
import io.dragoman.model.Words;
import io.dragoman.yaml.Node;
import io.dragoman.yaml.Suggestion;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code receive}: how a webhook is verified, where in it the events stand, and what is answered. */
final class ReceivingReader {
    private static final String SILENT = "silent";

    private final Section receive;
    private final SettingNames settings;
    private final String title;
    private final @Nullable String identity;

    ReceivingReader(Section receive, SettingNames settings, String title, @Nullable String identity) {
        this.receive = receive;
        this.settings = settings;
        this.title = title.isEmpty() ? "the provider" : title;
        this.identity = identity;
    }

    Receiving read() {
        receive.allow("verify", "headers", "body", "parse", "each", "message", "receipt", "ignore", "answer");
        Documents.Form form = receive.word("body", Documents.Form.class, Documents.Form.JSON);
        List<Check> checks = checks();
        if (form == Documents.Form.CLAIMS && checks.stream().noneMatch(JwtCheck.class::isInstance)) {
            receive.error("body", "is claims, but verify: has no jwt: whose claims they could be.");
        }
        if (!receive.has("message") && !receive.has("receipt")) {
            receive.error("has neither message: nor receipt:, so nothing is read.");
        }
        return new Receiving(
                checks,
                Set.copyOf(receive.texts("headers")),
                form,
                receive.texts("parse"),
                receive.expression("each"),
                receive.section("message").map(this::message).orElse(null),
                receive.section("receipt").map(this::receipt).orElse(null),
                receive.section("ignore").map(ReceivingReader::ignored).orElse(null),
                receive.section("answer").map(ReceivingReader::answer).orElse(Acknowledgement.OK));
    }

    /** One check, or a list of which all must hold. */
    private List<Check> checks() {
        Optional<Node> verify = receive.node().get("verify");
        if (verify.isEmpty()) {
            return List.of();
        }
        List<Node> nodes =
                verify.get().shape() == Node.Shape.LIST ? verify.get().items() : List.of(verify.get());
        List<Check> checks = new ArrayList<>();
        for (Node node : nodes) {
            new CheckReader(receive.of(node), settings).read().ifPresent(checks::add);
        }
        return checks;
    }

    private MessageFields message(Section message) {
        message.allow("when", "id", "from", "text", "at", "name", "replyTo", "media", "optOut");
        return new MessageFields(
                message.expression("when"),
                message.expression("id"),
                message.needExpression("from", "It finds who wrote."),
                message.expression("text"),
                message.expression("at"),
                message.expression("name"),
                message.expression("replyTo"),
                message.expression("media"),
                message.expression("optOut"),
                identity);
    }

    private ReceiptFields receipt(Section receipt) {
        receipt.allow("when", "id", "status", "to", "at", "code", "statuses", "reasons");
        ErrorCodes<String> reasons = new ErrorsReader(receipt, title).reasons("reasons");
        return new ReceiptFields(
                receipt.expression("when"),
                receipt.needExpression("id", "It finds the message's id, as the answer to sending it had it."),
                receipt.needExpression("status", "It finds the provider's word for how far the message got."),
                receipt.expression("to"),
                receipt.expression("at"),
                receipt.expression("code"),
                words(receipt),
                reasons,
                identity == null);
    }

    private StatusWords words(Section receipt) {
        StatusWords words = StatusWords.of(title);
        Optional<Section> statuses = receipt.section("statuses");
        if (statuses.isEmpty()) {
            receipt.need("statuses", "It lists the provider's words below sent, delivered, read, failed and silent.");
            return words;
        }
        Set<String> taken = new HashSet<>();
        for (Map.Entry<String, Node> entry :
                statuses.get().node().needEntries(receipt.problems()).entrySet()) {
            String[] own = statuses.get().texts(entry.getKey()).stream()
                    .filter(word -> single(statuses.get(), entry.getKey(), word, taken))
                    .toArray(String[]::new);
            Optional<Status> status = Words.find(Status.class, entry.getKey());
            if (entry.getKey().equals(SILENT)) {
                words = words.silent(own);
            } else if (status.isPresent()) {
                words = words.with(status.get(), own);
            } else {
                List<String> known = new ArrayList<>(Words.all(Status.class));
                known.add(SILENT);
                statuses.get()
                        .error(entry.getKey(), "is no status of ours. " + Suggestion.sentence(entry.getKey(), known));
            }
        }
        return words;
    }

    private static boolean single(Section statuses, String key, String word, Set<String> taken) {
        if (!taken.add(word)) {
            statuses.error(key, "has the word " + word + ", which stands here twice. Keep one of the two.");
            return false;
        }
        return true;
    }

    private static IgnoredFields ignored(Section ignore) {
        ignore.allow("when", "name");
        return new IgnoredFields(ignore.expression("when"), ignore.expression("name"));
    }

    private static Acknowledgement answer(Section answer) {
        answer.allow("status", "type", "body");
        String status = answer.text("status", "200");
        if (!status.matches("2[0-9][0-9]")) {
            answer.error("status", "is '" + status + "' but must be 200 to 299: what is answered is durable.");
            status = "200";
        }
        return new Acknowledgement(
                Integer.parseInt(status), answer.text("type", "text/plain; charset=utf-8"), answer.text("body", ""));
    }
}
