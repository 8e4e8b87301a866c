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
    private final @Nullable Expression why;

    public CallReader(Section send, SettingNames settings) {
        this(send, settings, null);
    }

    /** @param why what of the body of an error may be shown; null for nothing */
    public CallReader(Section send, SettingNames settings, @Nullable Expression why) {
        this.send = send;
        this.why = why;
        this.credentials = new CredentialsReader(settings).read(send);
    }

    /** Which files a request may carry. */
    public enum Files {
        /** None, but for that of {@code media}. */
        NONE,
        /** Those that a notice has, if any. */
        SOME,
        /** One. */
        ONE
    }

    /**
     * The request below a key, with the credentials of {@code auth}; empty where there is none.
     *
     * @param beside the keys that it may have beside those of a request
     */
    public Optional<CallTemplate> call(String key, String... beside) {
        return send.section(key)
                .map(section -> call(section, key.equals("media") ? Files.ONE : Files.NONE, KEYS, beside));
    }

    /** One that stands anywhere, with the same credentials, and bodies that desks alone have. */
    public CallTemplate call(Section call, Files files, String... beside) {
        return call(
                call, files, Stream.concat(KEYS.stream(), Stream.of("bytes")).toList(), beside);
    }

    /** A request that has nothing but the credentials. */
    CallTemplate login() {
        return new CallTemplate("GET", new TextTemplate(List.of("/")), null, credentials, null);
    }

    private CallTemplate call(Section call, Files files, List<String> known, String... beside) {
        call.allow(Stream.concat(known.stream(), Stream.of(beside)).toArray(String[]::new));
        Map<String, TextTemplate> headers =
                call.section("headers").map(CredentialsReader::headers).orElse(Map.of());
        @Nullable BodyTemplate body = body(call, files);
        return new CallTemplate(
                call.word("method", body == null ? "GET" : "POST", "GET", "POST", "PUT", "PATCH", "DELETE"),
                path(call),
                call.expression("query"),
                credentials.with(headers),
                body);
    }

    /** One body, or that with files and that without. */
    private static @Nullable BodyTemplate body(Section call, Files files) {
        List<BodyForm> forms = Stream.of(BodyForm.values())
                .filter(form -> call.has(Words.of(form)))
                .toList();
        boolean either = files == Files.SOME && forms.size() == 2 && forms.contains(BodyForm.MULTIPART);
        if (forms.size() > 1 && !either) {
            call.error("has several bodies. Keep one of json, form, multipart, xml and text.");
        }
        if (forms.contains(BodyForm.MULTIPART) && files == Files.NONE) {
            call.error("multipart", "sends a file, which media: alone has. Write form: for fields without one.");
        } else if (forms.equals(List.of(BodyForm.MULTIPART)) && files == Files.SOME) {
            call.error("multipart", "is for messages with files. Write json: or form: beside it for those without.");
        }
        if (forms.contains(BodyForm.BYTES) && files != Files.ONE) {
            call.error("bytes", "sends one file, which a step with each: files alone has.");
        }
        if (forms.isEmpty()) {
            return null;
        }
        if (!forms.contains(BodyForm.MULTIPART) && call.has("file")) {
            call.error("file", "names the field of a file, which only multipart: has.");
        }
        BodyForm form = forms.contains(BodyForm.MULTIPART) ? BodyForm.MULTIPART : forms.get(0);
        BodyForm other = forms.size() == 2 && form == forms.get(0) ? forms.get(1) : forms.get(0);
        return body(call, form, either ? body(call, other, null) : null);
    }

    private static BodyTemplate body(Section call, BodyForm form, @Nullable BodyTemplate without) {
        Node node = call.node().get(Words.of(form)).orElseThrow();
        Expression value = form.ofValue() ? call.expression(node) : null;
        String file = form == BodyForm.MULTIPART ? call.text("file").orElse(null) : null;
        if (form == BodyForm.MULTIPART && file == null) {
            call.need("file", "It is the name of the field that holds the file.");
        }
        if (form != BodyForm.JSON && value != null && BodyTemplate.isInline(value)) {
            call.error(Words.of(form), "has media.base64, which can stand in json: alone. multipart: sends the bytes.");
        }
        return new BodyTemplate(form, value, value == null ? call.template(node) : null, file, without);
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

    /** What the answers to a notice's request mean, as its own {@code answer} says, else that of {@code send}. */
    public AnswerReader answer(Section call, String title, ErrorCodes<String> errors) {
        return answer(call.section("answer").or(() -> send.section("answer")), title, errors, "reference", "written");
    }

    /** The same of a request beside: whose {@code answer} names nothing that was written. */
    public AnswerReader besides(Section call, String title, ErrorCodes<String> errors) {
        call.section("answer").ifPresent(own -> own.allow("body", "accepted", "code", "after"));
        return answer(call, title, errors);
    }

    private AnswerReader answer(
            Optional<Section> found, String title, ErrorCodes<String> errors, String id, @Nullable String written) {
        if (found.isEmpty()) {
            return new AnswerReader(title, Documents.Form.JSON, null, null, null, null, null, errors, why);
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
                errors,
                why);
    }
}
