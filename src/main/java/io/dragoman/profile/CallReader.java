// SPDX-License-Identifier: Apache-2.0
package io.dragoman.profile;

import io.dragoman.connector.kit.ErrorCodes;
import io.dragoman.model.Words;
import io.dragoman.profile.BodyTemplate.BodyForm;
import io.dragoman.yaml.Node;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads of {@code send} what both sides have: the credentials, requests, and what the answer means. */
public final class CallReader {
    private static final List<String> KEYS =
            List.of("method", "path", "query", "headers", "json", "form", "multipart", "file", "xml", "text");

    private final Section send;
    private final Credentials credentials;

    public CallReader(Section send, SettingNames settings) {
        this.send = send;
        this.credentials = new CredentialsReader(settings).read(send);
    }

    /**
     * The request below a key, with the credentials of {@code auth}; empty where there is none.
     *
     * @param beside the keys that it may have beside those of a request
     */
    public Optional<CallTemplate> call(String key, String... beside) {
        return send.section(key).map(section -> call(key, section, credentials, beside));
    }

    /** A request that has nothing but the credentials. */
    CallTemplate login() {
        return new CallTemplate("GET", new TextTemplate(List.of("/")), null, credentials, null);
    }

    private static CallTemplate call(String key, Section call, Credentials credentials, String... beside) {
        call.allow(Stream.concat(KEYS.stream(), Stream.of(beside)).toArray(String[]::new));
        Map<String, TextTemplate> headers =
                call.section("headers").map(CredentialsReader::headers).orElse(Map.of());
        List<BodyForm> forms = Stream.of(BodyForm.values())
                .filter(form -> call.has(Words.of(form)))
                .toList();
        if (forms.size() > 1) {
            call.error("has several bodies. Keep one of json, form, multipart, xml and text.");
        }
        @Nullable BodyForm form = forms.isEmpty() ? null : forms.get(0);
        if (form == BodyForm.MULTIPART && !key.equals("media")) {
            call.error("multipart", "sends a file, which media: alone has. Write form: for fields without one.");
        }
        String method = call.word("method", form == null ? "GET" : "POST", "GET", "POST", "PUT", "PATCH");
        return new CallTemplate(
                method,
                path(call),
                call.expression("query"),
                credentials.with(headers),
                form == null ? null : body(call, form));
    }

    private static BodyTemplate body(Section call, BodyForm form) {
        Node node = call.node().get(Words.of(form)).orElseThrow();
        Expression value = form.ofValue() ? call.expression(node) : null;
        String file = call.text("file").orElse(null);
        if (form == BodyForm.MULTIPART && file == null) {
            call.need("file", "It is the name of the field that holds the file.");
        } else if (form != BodyForm.MULTIPART && file != null) {
            call.error("file", "names the field of a file, which only multipart: has.");
        }
        if (form != BodyForm.JSON && value != null && BodyTemplate.isInline(value)) {
            call.error(Words.of(form), "has media.base64, which can stand in json: alone. multipart: sends the bytes.");
        }
        return new BodyTemplate(form, value, value == null ? call.template(node) : null, file);
    }

    private static TextTemplate path(Section call) {
        Optional<TextTemplate> path = call.node().get("path").map(call::template);
        if (path.isEmpty()) {
            call.need("path", "It begins with a slash and goes behind the account's baseUrl.");
        } else if (!path.get().beginning().startsWith("/")) {
            call.error("path", "must begin with a slash: the address before it is the account's baseUrl.");
        }
        return path.orElseGet(() -> new TextTemplate(List.of("/")));
    }

    /** What the answers to messages mean, as {@code answer} says. */
    public AnswerReader answer(String title, ErrorCodes<String> errors) {
        return answer(send.section("answer"), title, errors, "id", null);
    }

    /** What the answers to notices mean, as {@code answer} of the request says, else that of {@code send}. */
    public AnswerReader answer(String key, String title, ErrorCodes<String> errors) {
        Optional<Section> own = send.section(key).flatMap(call -> call.section("answer"));
        return answer(own.or(() -> send.section("answer")), title, errors, "reference", "written");
    }

    private static AnswerReader answer(
            Optional<Section> found, String title, ErrorCodes<String> errors, String id, @Nullable String written) {
        if (found.isEmpty()) {
            return new AnswerReader(title, Documents.Form.JSON, null, null, null, null, null, errors);
        }
        Section answer = found.get();
        answer.allow(Stream.of("body", "accepted", "code", "after", id, written)
                .filter(Objects::nonNull)
                .toArray(String[]::new));
        return new AnswerReader(
                title,
                answer.word("body", Documents.Form.class, Documents.Form.JSON),
                answer.expression("accepted"),
                answer.expression(id),
                written == null ? null : answer.expression(written),
                answer.expression("code"),
                answer.expression("after"),
                errors);
    }
}
