// SPDX-License-Identifier: Apache-2.0
package io.dragoman.admin;

import io.dragoman.admin.ApiRequest.Refusal;
import io.dragoman.app.contact.ContactQueries;
import io.dragoman.app.contact.ContactService;
import io.dragoman.app.contact.ContactService.Result;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.kit.JsonFields;
import io.dragoman.model.Purpose;
import io.dragoman.model.Words;
import io.dragoman.store.Consents.Source;
import io.dragoman.store.Consents.Statement;

/** Merging and un-merging contacts, and what they consent to, over the API. Blocks. */
final class ContactApi {
    private final ContactService contacts;
    private final ContactQueries queries;

    ContactApi(ContactService contacts, ContactQueries queries) {
        this.contacts = contacts;
        this.queries = queries;
    }

    ApiResponse consents(ApiRequest request) throws Refusal {
        return ApiResponse.json(
                200,
                queries.consents(request.id())
                        .orElseThrow(() -> new Refusal(404, "There is no contact with this id.")));
    }

    ApiResponse consent(ApiRequest request) throws Refusal {
        request.requireJson();
        try {
            JsonFields body = JsonFields.of(request.body());
            if (!body.has("given")) {
                throw new Refusal(400, "given must be true or false: whether they consent, or withdraw it.");
            }
            String channel = body.findText("channel").orElse(null);
            Statement said = new Statement(
                    word(Purpose.class, "purpose", body.text("purpose")),
                    body.flag("given"),
                    word(Source.class, "source", body.findText("source").orElse(Words.of(Source.API))),
                    body.findText("why").orElse(ContactService.BY_AN_OPERATOR));
            if (contacts.consent(request.id(), channel, said, request.actor()).isEmpty()
                    && queries.consents(request.id()).isPresent()) {
                throw new Refusal(
                        409,
                        channel == null
                                ? "This contact has no address that a consent could be kept with."
                                : "This contact has no address on the channel " + channel + ".");
            }
            return consents(request);
        } catch (MalformedPayload e) {
            throw Refusal.unreadable(e);
        }
    }

    private static <E extends Enum<E>> E word(Class<E> type, String name, String word) throws Refusal {
        return Words.find(type, word)
                .orElseThrow(
                        () -> new Refusal(400, name + " must be one of " + String.join(", ", Words.all(type)) + "."));
    }

    /** What is answered. */
    private record Merged(String survivor, String merged) {}

    ApiResponse merge(ApiRequest request) throws Refusal {
        request.requireJson();
        try {
            JsonFields body = JsonFields.of(request.body());
            return answer(contacts.merge(
                    request.id(),
                    body.text("contact"),
                    body.findText("why").orElse(ContactService.BY_AN_OPERATOR),
                    request.actor()));
        } catch (MalformedPayload e) {
            throw Refusal.unreadable(e);
        }
    }

    ApiResponse unmerge(ApiRequest request) throws Refusal {
        request.requireJson();
        return answer(contacts.unmerge(request.id(), request.actor()));
    }

    private static ApiResponse answer(Result result) throws Refusal {
        if (result instanceof Result.Done done) {
            return ApiResponse.json(
                    200, new Merged(done.merge().survivor(), done.merge().merged()));
        } else if (result instanceof Result.Conflict conflict) {
            throw new Refusal(409, conflict.why());
        }
        throw new Refusal(404, "There is no contact with this id: " + ((Result.Unknown) result).contact() + ".");
    }
}
