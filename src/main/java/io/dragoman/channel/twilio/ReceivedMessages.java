// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.twilio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.channel.twilio.ApiClient.Medium;
import io.dragoman.connector.Account;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.Request;
import io.dragoman.connector.Transport;
import io.dragoman.connector.TransportFailure;
import io.dragoman.connector.kit.JsonFields;
import io.dragoman.connector.kit.ListBackfill;
import io.dragoman.connector.kit.ListPage;
import io.dragoman.connector.kit.ReceivedForm;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.Json;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Twilio's list of what customers sent: Twilio itself gives up at the first webhook that fails. A message becomes the
 * event that its webhook would have been, with the same key. Of WhatsApp the list shows less than a webhook: no profile
 * name, button or place.
 */
final class ReceivedMessages implements ListBackfill.Source {
    /** What is kept of the resource: nothing that changes later, so that the same message has the same bytes. */
    private static final List<String> KEPT = List.of(
            "sid", "account_sid", "messaging_service_sid", "from", "to", "body", "num_media", "direction", "date_sent");

    private final Account account;
    private final ApiClient api;

    ReceivedMessages(Account account, Transport transport) {
        this.account = account;
        this.api = new ApiClient(account, transport);
    }

    @Override
    public ListPage first(LocalDate day) throws TransportFailure {
        Map<String, String> filters = new HashMap<>(Map.of("DateSent", day.toString()));
        account.find(Twilio.FROM)
                .ifPresent(to -> filters.put("To", TwilioAddress.of(to).text()));
        return api.first(filters);
    }

    @Override
    public ListPage page(URI address) throws TransportFailure {
        return api.page(address);
    }

    @Override
    public Optional<Instant> sent(JsonNode message) {
        return Optional.ofNullable(ApiClient.time(message.path("date_sent").asText("")));
    }

    @Override
    public Optional<String> key(JsonNode message) {
        String service = account.find(Twilio.MESSAGING_SERVICE_SID).orElse("");
        boolean ours = account.find(Twilio.FROM).isPresent()
                || message.path("messaging_service_sid").asText("").equals(service);
        return Optional.of(message.path("sid").asText(""))
                .filter(sid -> ours
                        && message.path("direction").asText("").equals("inbound")
                        && sid.matches("[0-9A-Za-z]{3,64}"));
    }

    @Override
    public Request request(JsonNode message, Instant now) throws TransportFailure {
        String sid = message.path("sid").asText("");
        boolean media = !message.path("num_media").asText("0").equals("0");
        ObjectNode kept = Json.mapper().createObjectNode();
        KEPT.forEach(name -> kept.set(name, message.path(name).deepCopy()));
        ArrayNode list = kept.putArray("media");
        for (Medium one : media ? api.media(sid) : List.<Medium>of()) {
            list.addObject().put("url", one.url()).put("content_type", one.contentType());
        }
        return Request.swept("messages/" + sid, Json.write(kept).getBytes(StandardCharsets.UTF_8), now);
    }

    static CustomerEvent read(Request request) throws MalformedPayload {
        JsonNode message = JsonFields.of(request.body()).node();
        Map<String, String> form = new LinkedHashMap<>();
        put(form, "MessageSid", message.path("sid"));
        put(form, "AccountSid", message.path("account_sid"));
        put(form, "MessagingServiceSid", message.path("messaging_service_sid"));
        put(form, "From", message.path("from"));
        put(form, "To", message.path("to"));
        put(form, "Body", message.path("body"));
        put(form, "NumMedia", message.path("num_media"));
        int index = 0;
        for (JsonNode medium : message.path("media")) {
            put(form, "MediaUrl" + index, medium.path("url"));
            put(form, "MediaContentType" + index++, medium.path("content_type"));
        }
        Instant sent = ApiClient.time(message.path("date_sent").asText(""));
        return InboundReader.read(ReceivedForm.of(form), sent == null ? request.receivedAt() : sent);
    }

    private static void put(Map<String, String> form, String name, JsonNode value) {
        if (value.isValueNode() && !value.isNull()) {
            form.put(name, value.asText());
        }
    }
}
