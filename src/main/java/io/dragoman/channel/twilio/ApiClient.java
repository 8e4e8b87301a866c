// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.twilio;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.channel.twilio.account.TwilioAccount;
import io.dragoman.channel.twilio.account.WebhookForm;
import io.dragoman.connector.Account;
import io.dragoman.connector.HttpCall;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Response;
import io.dragoman.connector.Transport;
import io.dragoman.connector.TransportFailure;
import io.dragoman.connector.kit.FormFields;
import io.dragoman.connector.kit.ListPage;
import io.dragoman.model.Reason;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The messages of an account as Twilio lists them, the newest first, page by page. */
final class ApiClient {
    /** As many as surely fit what we read of one answer. */
    private static final int PAGE = 200;

    private final Account account;
    private final Transport transport;

    ApiClient(Account account, Transport transport) {
        this.account = account;
        this.transport = transport;
    }

    /** The Messages resource, to be read and to be posted to. */
    static URI address(Account account) {
        return URI.create(path(account) + ".json");
    }

    private static String path(Account account) {
        return TwilioAccount.resource(account, "/Messages");
    }

    /**
     * The first page of those that the filters let through.
     *
     * @param filters such as {@code To} and {@code DateSent}; Twilio compares dates by the day
     */
    ListPage first(Map<String, String> filters) throws TransportFailure {
        FormFields query = new FormFields();
        filters.forEach(query::add);
        query.add("PageSize", String.valueOf(PAGE));
        return page(URI.create(address(account) + "?" + query.query()));
    }

    /** Where the media of a message are, with their types, as a webhook would have told. */
    List<MediaItem> media(String sid) throws TransportFailure {
        String path = path(account) + "/" + sid + "/Media";
        Response response = get(URI.create(path + ".json"));
        List<MediaItem> media = new ArrayList<>();
        if (response.status() != 404) { // a message that is gone has no media any more
            for (JsonNode item : list(response, "media_list")) {
                String id = item.path("sid").asText("");
                if (WebhookForm.isSid(id)) {
                    media.add(new MediaItem(
                            path + "/" + id, item.path("content_type").asText("")));
                }
            }
        }
        return media;
    }

    /** The page at an address that a page before named. */
    ListPage page(URI uri) throws TransportFailure {
        Response response = get(uri);
        List<JsonNode> messages = list(response, "messages");
        String next = response.json().path("next_page_uri").asText("");
        boolean more = next.startsWith("/2010-04-01/") && !next.contains("@");
        try {
            return new ListPage(
                    messages,
                    more ? URI.create(account.get(TwilioAccount.BASE_URL) + next) : null,
                    time(response.headers().getOrDefault("date", "")));
        } catch (IllegalArgumentException e) {
            throw TransportFailure.notSent(Reason.PROVIDER_DOWN, "Twilio's list names a next page that is no address");
        }
    }

    private Response get(URI uri) throws TransportFailure {
        return transport.http(TwilioAccount.authorized(account, HttpCall.get(uri)));
    }

    private static List<JsonNode> list(Response response, String name) throws TransportFailure {
        JsonNode list = response.json().path(name);
        if (response.ok() && list.isArray()) {
            List<JsonNode> all = new ArrayList<>(list.size());
            list.forEach(all::add);
            return all;
        }
        String detail = "Twilio answered the request for its list with " + response.status();
        throw response.ok()
                ? TransportFailure.notSent(Reason.PROVIDER_DOWN, detail + " and something else")
                : TransportFailure.notSent(reason(response), detail);
    }

    private static Reason reason(Response response) {
        Outcome outcome = Outcome.of(response, "Twilio");
        return outcome instanceof Outcome.Retry retry
                ? retry.reason()
                : outcome instanceof Outcome.Refused refused ? refused.reason() : Reason.PROVIDER_DOWN;
    }

    /** A time as Twilio and HTTP write it (RFC 2822); null when it is none. */
    static @Nullable Instant time(String text) {
        try {
            return Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text.strip()));
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** One media item of a message. */
    record MediaItem(String url, String contentType) {}
}
