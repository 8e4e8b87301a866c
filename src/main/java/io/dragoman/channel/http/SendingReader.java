// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.http;

import io.dragoman.channel.http.CallTemplate.BodyForm;
import io.dragoman.connector.kit.ErrorCodes;
import io.dragoman.model.Words;
import io.dragoman.yaml.Node;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads {@code send}: the credentials, one request for each type of part, and the answer. */
final class SendingReader {
    private static final List<String> TYPES = List.of("text", "media", "template");

    private final Section send;
    private final SettingNames settings;

    SendingReader(Section send, SettingNames settings) {
        this.send = send;
        this.settings = settings;
    }

    Sending read(String title, ErrorCodes<String> errors) {
        send.allow("auth", "text", "media", "template", "answer", "idempotent");
        Map<String, TextTemplate> auth = auth();
        Map<String, CallTemplate> calls = new HashMap<>();
        for (String type : TYPES) {
            send.section(type).ifPresent(section -> calls.put(type, call(section, auth)));
        }
        if (!calls.containsKey("text")) {
            send.error("has no text:, the request that sends a text.");
        }
        return new Sending(calls, answer(title, errors), send.flag("idempotent"));
    }

    /** A request that has nothing but the credentials. */
    CallTemplate login() {
        return new CallTemplate("GET", new TextTemplate(List.of("/")), null, auth(), null, null, null);
    }

    private Map<String, TextTemplate> auth() {
        Optional<Section> auth = send.section("auth");
        return auth.map(section -> auth(section)).orElse(Map.of());
    }

    private Map<String, TextTemplate> auth(Section auth) {
        auth.allow("bearer", "basic", "headers");
        Map<String, TextTemplate> headers = new LinkedHashMap<>();
        if (auth.has("bearer")) {
            String setting = settings.at(auth, "bearer", "");
            headers.put("Authorization", own("Bearer {settings." + setting + "}"));
        }
        auth.section("basic").ifPresent(basic -> {
            basic.allow("user", "password");
            String user = basic.need("user", "It is an expression for the user name, such as settings.username.");
            String password = basic.text("password", "''");
            if (basic.expression("user") != null && (!basic.has("password") || basic.expression("password") != null)) {
                headers.put("Authorization", own("Basic {$base64encode(" + user + " & ':' & " + password + ")}"));
            }
        });
        auth.section("headers").ifPresent(section -> headers.putAll(templates(section)));
        return headers;
    }

    private static TextTemplate own(String written) {
        try {
            return TextTemplate.parse(written, "send.auth");
        } catch (Expression.Invalid e) {
            return new TextTemplate(List.of("")); // its expressions were checked where they stand
        }
    }

    private static Map<String, TextTemplate> templates(Section headers) {
        Map<String, TextTemplate> templates = new LinkedHashMap<>();
        for (Map.Entry<String, Node> entry :
                headers.node().needEntries(headers.problems()).entrySet()) {
            if (!entry.getKey().matches("[A-Za-z0-9-]{1,64}")) {
                headers.error(entry.getKey(), "is no name of a header.");
            }
            templates.put(entry.getKey(), headers.template(entry.getValue()));
        }
        return templates;
    }

    private CallTemplate call(Section call, Map<String, TextTemplate> auth) {
        call.allow("method", "path", "query", "headers", "json", "form", "xml", "text");
        Map<String, TextTemplate> headers = new LinkedHashMap<>(auth);
        call.section("headers").ifPresent(section -> headers.putAll(templates(section)));
        List<BodyForm> forms = java.util.stream.Stream.of(BodyForm.values())
                .filter(form -> call.has(Words.of(form)))
                .toList();
        if (forms.size() > 1) {
            call.error("has several bodies. Keep one of json, form, xml and text.");
        }
        @Nullable BodyForm form = forms.isEmpty() ? null : forms.get(0);
        String method = call.word("method", form == null ? "GET" : "POST", "GET", "POST", "PUT");
        boolean template = form == BodyForm.XML || form == BodyForm.TEXT;
        @Nullable
        Node body = form == null ? null : call.node().get(Words.of(form)).orElse(null);
        return new CallTemplate(
                method,
                path(call),
                call.expression("query"),
                headers,
                form,
                body == null || template ? null : call.expression(body),
                body == null || !template ? null : call.template(body));
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

    private AnswerReader answer(String title, ErrorCodes<String> errors) {
        Section answer = send.section("answer").orElse(send);
        if (!send.has("answer")) {
            return new AnswerReader(title, Documents.Form.JSON, null, null, null, null, errors);
        }
        answer.allow("body", "accepted", "id", "code", "after");
        return new AnswerReader(
                title,
                answer.word("body", Documents.Form.class, Documents.Form.JSON),
                answer.expression("accepted"),
                answer.expression("id"),
                answer.expression("code"),
                answer.expression("after"),
                errors);
    }
}
