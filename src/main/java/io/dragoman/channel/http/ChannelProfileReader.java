// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.http;

import io.dragoman.connector.Setting;
import io.dragoman.connector.Side;
import io.dragoman.connector.kit.ErrorCodes;
import io.dragoman.connector.kit.StatusWords;
import io.dragoman.model.Status;
import io.dragoman.model.Words;
import io.dragoman.profile.CallReader;
import io.dragoman.profile.CallTemplate;
import io.dragoman.profile.ErrorsReader;
import io.dragoman.profile.Profile;
import io.dragoman.profile.ProfileReader;
import io.dragoman.profile.Section;
import io.dragoman.profile.SettingNames;
import io.dragoman.yaml.Node;
import io.dragoman.yaml.Suggestion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads what a profile says of customers: messages, receipts, how ours are sent, and the limits. */
final class ChannelProfileReader extends ProfileReader<ChannelProfile> {
    private static final String SILENT = "silent";
    private static final String LOOK_UP = "lookUp";

    @Override
    protected List<String> keys() {
        return List.of("identity", "limits", LOOK_UP);
    }

    @Override
    protected Side side() {
        return Side.CHANNEL;
    }

    @Override
    protected List<String> events() {
        return List.of("message", "edited", "deleted", "reaction", "receipt", "order", "forget", "notice");
    }

    @Override
    protected String asked() {
        return LOOK_UP;
    }

    @Override
    protected ChannelProfile read(Profile.Head head, Section root, SettingNames settings) {
        String title = head.title().isEmpty() ? "the provider" : head.title();
        @Nullable String identity = root.text("identity").orElse(null);
        Optional<Section> receive = root.section("receive");
        CustomerReader reader = new CustomerReader(
                receive.map(section -> changes(section, identity)).orElse(List.of()),
                receive.flatMap(section -> section.section("message"))
                        .map(section -> message(section, identity))
                        .orElse(null),
                receive.flatMap(section -> section.section("receipt"))
                        .map(section -> receipt(section, title, identity == null))
                        .orElse(null),
                receive.flatMap(section -> section.section("order"))
                        .map(OrderFields::order)
                        .orElse(null),
                receive.flatMap(section -> section.section("forget"))
                        .map(OrderFields::forget)
                        .orElse(null),
                receive.flatMap(section -> section.section("notice"))
                        .map(NoticeFields::of)
                        .orElse(null));
        ErrorCodes<String> errors = new ErrorsReader(root, title).read();
        Sending sending = root.section("send")
                .map(section -> sending(section, settings, title, errors))
                .orElse(null);
        Looking looking = root.section(LOOK_UP)
                .map(new LookingReader(settings, title, errors)::read)
                .orElse(null);
        return new ChannelProfile(head, identity, reader, sending, new LimitsReader(root).read(sending), looking);
    }

    private static List<ChangeFields> changes(Section receive, @Nullable String identity) {
        return Stream.of(
                        receive.section("edited").map(section -> ChangeFields.edited(section, identity)),
                        receive.section("deleted").map(section -> ChangeFields.deleted(section, identity)),
                        receive.section("reaction").map(section -> ChangeFields.reaction(section, identity)))
                .flatMap(Optional::stream)
                .toList();
    }

    private static MessageFields message(Section message, @Nullable String identity) {
        message.allow(
                "when",
                "id",
                "from",
                "text",
                "at",
                "name",
                "replyTo",
                "media",
                "location",
                "choice",
                "piece",
                "optOut");
        return new MessageFields(
                message.expression("when"),
                message.expression("id"),
                message.needExpression("from", "It finds who wrote."),
                message.expression("text"),
                message.expression("at"),
                message.expression("name"),
                message.expression("replyTo"),
                message.expression("media"),
                message.expression("location"),
                message.expression("choice"),
                message.expression("piece"),
                message.expression("optOut"),
                identity);
    }

    private static ReceiptFields receipt(Section receipt, String title, boolean phone) {
        receipt.allow("when", "id", "status", "to", "at", "code", "statuses", "reasons");
        ErrorCodes<String> reasons = new ErrorsReader(receipt, title).reasons("reasons");
        return new ReceiptFields(
                receipt.expression("when"),
                receipt.needExpression("id", "It finds the message's id, as the answer to sending it had it."),
                receipt.needExpression("status", "It finds the provider's word for how far the message got."),
                receipt.expression("to"),
                receipt.expression("at"),
                receipt.expression("code"),
                words(receipt, title),
                reasons,
                phone);
    }

    private static StatusWords words(Section receipt, String title) {
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

    /** The credentials, one request for each type of part, and the answer. */
    private static Sending sending(Section send, SettingNames settings, String title, ErrorCodes<String> errors) {
        send.allow("auth", "otherHosts", "text", "media", "location", "choices", "template", "answer", "idempotent");
        CallReader reader = new CallReader(send, settings);
        Map<String, CallTemplate> calls = new HashMap<>();
        for (String type : Sending.TYPES) {
            reader.call(type).ifPresent(call -> calls.put(type, call));
        }
        if (!calls.containsKey("text")) {
            send.error("has no text:, the request that sends a text.");
        }
        return new Sending(
                calls,
                reader.answer(title, errors),
                settings.allSure(send, "otherHosts", Setting.Type.URL),
                send.flag("idempotent"));
    }
}
