// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.linkedin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.connector.Request;
import io.dragoman.connector.Response;
import io.dragoman.connector.TransportFailure;
import io.dragoman.connector.kit.JsonFields;
import io.dragoman.connector.kit.ListBackfill;
import io.dragoman.connector.kit.ListPage;
import io.dragoman.model.Json;
import io.dragoman.model.Reason;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The notifications of the last 60 days, the newest first: what no webhook brought, and what one only pointed at. Each
 * comment is fetched whole, with the comment that it stands below. For one poll.
 */
final class NotificationBackfill implements ListBackfill.Source {
    private static final int PAGE = 50;

    /** Where a list that has no end is left. */
    private static final int LAST = 10_000;

    private static final Set<String> WRITTEN = Set.of("COMMENT", "ADMIN_COMMENT", "COMMENT_EDIT", "SHARE_MENTION");

    private final ApiClient api;
    private final String organization;
    private @Nullable ListPage newest;

    NotificationBackfill(ApiClient api, String organization) {
        this.api = api;
        this.organization = organization;
    }

    /** The list knows no days: each begins with the newest. */
    @Override
    public ListPage first(LocalDate day) throws TransportFailure {
        ListPage page = newest;
        if (page == null) {
            page = list(0);
            newest = page;
        }
        return page;
    }

    @Override
    public ListPage page(URI address) throws TransportFailure {
        return list(Integer.parseInt(address.getFragment()));
    }

    private ListPage list(int start) throws TransportFailure {
        Response answer = api.ask(api.get("organizationalEntityNotifications?q=criteria"
                + "&actions=List(COMMENT,ADMIN_COMMENT,COMMENT_EDIT,SHARE_MENTION)&organizationalEntity="
                + ApiClient.encoded(organization) + "&start=" + start + "&count=" + PAGE));
        JsonNode elements = answer.json().path("elements");
        if (!elements.isArray()) {
            throw TransportFailure.notSent(
                    Reason.PROVIDER_DOWN,
                    "LinkedIn answered the request for notifications with " + answer.status() + " and no list");
        }
        List<JsonNode> all = new ArrayList<>(elements.size());
        elements.forEach(all::add);
        boolean more = all.size() >= PAGE && start < LAST;
        return new ListPage(all, more ? URI.create("#" + (start + PAGE)) : null, null);
    }

    @Override
    public Optional<Instant> sent(JsonNode notification) {
        long at = notification.path("lastModifiedAt").asLong(0);
        return at > 0 && at < 253_402_300_799_000L ? Optional.of(Instant.ofEpochMilli(at)) : Optional.empty();
    }

    @Override
    public Optional<String> key(JsonNode notification) {
        String action = notification.path("action").asText("");
        Optional<PublicUrn> urn =
                PublicUrn.of(notification.path("generatedActivity").asText(""));
        boolean ours = notification.path("organizationalEntity").asText("").equals(organization);
        return urn.filter(each -> ours && WRITTEN.contains(action))
                .map(each -> InboundReader.key(action, each, sent(notification).orElse(Instant.EPOCH)));
    }

    @Override
    public Request request(JsonNode notification, Instant now) throws TransportFailure {
        ObjectNode one = notification.deepCopy();
        PublicUrn urn =
                PublicUrn.of(notification.path("generatedActivity").asText("")).orElseThrow();
        if (urn.isComment()) {
            one.set(InboundReader.FETCHED, comment(urn));
        }
        ObjectNode body = Json.mapper().createObjectNode().put("type", "ORGANIZATION_SOCIAL_ACTION_NOTIFICATIONS");
        body.putArray("notifications").add(one);
        return Request.backfilled(
                "notifications/" + JsonFields.of(notification).word("notificationId"),
                Json.write(body).getBytes(StandardCharsets.UTF_8),
                now);
    }

    /** The comment as it is now; nothing in it when it is gone. */
    private JsonNode comment(PublicUrn urn) throws TransportFailure {
        Response answer = api.ask(api.get("socialActions/" + ApiClient.encoded(urn.post()) + "/comments/" + urn.id()));
        JsonNode comment = answer.json();
        return answer.ok() && comment.isObject() ? comment : Json.mapper().createObjectNode();
    }
}
