// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.teams;

import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.kit.JsonFields;
import io.dragoman.model.CustomerEvent.Sender;
import io.dragoman.model.Identity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Who did something: a person's object id in their directory, and the id that they have for our bot. */
final class TeamsCustomer {
    private static final String TYPE = "teams";

    private TeamsCustomer() {}

    static Sender sender(TeamsPlace place, JsonFields from, JsonFields activity) throws MalformedPayload {
        String locale = activity.word("locale");
        boolean isTag = locale != null && locale.matches("[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}");
        return new Sender(place.address(), identities(from), from.word("name"), isTag ? locale : null);
    }

    /** The surest first: guests of a chat may have no object id. */
    static List<Identity> identities(JsonFields from) throws MalformedPayload {
        List<Identity> identities = new ArrayList<>();
        String object = from.word("aadObjectId");
        if (object != null) {
            identities.add(identity(object));
        }
        identities.add(identity(from.text("id")));
        return identities;
    }

    /** Of an object id, in whatever case its digits are, or of an id for our bot, which is kept as it is. */
    static Identity identity(String id) {
        return new Identity(TYPE, id.startsWith("29:") ? id : id.toLowerCase(Locale.ROOT), true);
    }
}
