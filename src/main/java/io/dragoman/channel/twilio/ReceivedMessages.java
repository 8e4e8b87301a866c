// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.twilio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.channel.twilio.ApiClient.MediaItem;
import io.dragoman.channel.twilio.account.WebhookForm;
import io.dragoman.connector.Account;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.Request;
import io.dragoman.connector.Transport;
import io.dragoman.connector.TransportFailure;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Twilio's list of what customers sent: Twilio itself gives up at the first webhook that fails. A message becomes the
 * event that its webhook would have been, with the same key. Of WhatsApp the list shows less than a webhook: no profile
 * name, button or place.
 */
final class ReceivedMessages implements ListBackfill.Source {
    private static final String DATE_SENT = "DateSent";

    /** What is kept of the resource, as a webhook calls it: nothing that changes later, so the bytes stay the same. */
    private static final List<Map.Entry<String, String>> KEPT = List.of(
            Map.entry("sid", "MessageSid"),
            Map.entry("account_sid", "AccountSid"),
            Map.entry("messaging_service_sid", "MessagingServiceSid"),
            Map.entry("from", "From"),
            Map.entry("to", "To"),
            Map.entry("body", "Body"),
            Map.entry("num_media", "NumMedia"),
            Map.entry("date_sent", DATE_SENT));

    private final Account account;
    private final ApiClient api;

    ReceivedMessages(Account account, Transport transport) {
        this.account = account;
        this.api = new ApiClient(account, transport);
    }

    @Override
    public ListPage first(LocalDate day) throws TransportFailure {
        Map<String, String> filters = new HashMap<>(Map.of(DATE_SENT, day.toString()));
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
                .filter(sid ->
                        ours && message.path("direction").asText("").equals("inbound") && WebhookForm.isSid(sid));
    }

    @Override
    public Request request(JsonNode message, Instant now) throws TransportFailure {
        String sid = message.path("sid").asText("");
        boolean media = !message.path("num_media").asText("0").equals("0");
        ObjectNode form = Json.mapper().createObjectNode();
        KEPT.forEach(
                name -> form.set(name.getValue(), message.path(name.getKey()).deepCopy()));
        int index = 0;
        for (MediaItem one : media ? api.media(sid) : List.<MediaItem>of()) {
            form.put("MediaUrl" + index, one.url()).put("MediaContentType" + index++, one.contentType());
        }
        return Request.backfilled("messages/" + sid, Json.write(form).getBytes(StandardCharsets.UTF_8), now);
    }

    static List<CustomerEvent> read(Request request) throws MalformedPayload {
        ReceivedForm form = ReceivedForm.ofJson(request.body());
        Instant sent = ApiClient.time(form.text(DATE_SENT));
        return InboundReader.read(form, sent == null ? request.receivedAt() : sent);
    }
}
