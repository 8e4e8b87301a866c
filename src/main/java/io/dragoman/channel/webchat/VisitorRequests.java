// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.webchat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.connector.Account;
import io.dragoman.connector.AuthenticationFailed;
import io.dragoman.connector.CustomerTyping;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.Quota;
import io.dragoman.connector.Request;
import io.dragoman.connector.Served.Body;
import io.dragoman.connector.Served.Content;
import io.dragoman.connector.Served.Current;
import io.dragoman.connector.Served.Hours;
import io.dragoman.connector.Served.Page;
import io.dragoman.connector.Served.Reply;
import io.dragoman.connector.Served.Stream;
import io.dragoman.connector.Served.Take;
import io.dragoman.connector.Served.Typing;
import io.dragoman.connector.kit.JsonFields;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.CustomerEvent.MessageReceived;
import io.dragoman.model.Json;
import io.dragoman.model.Part;
import io.dragoman.model.ProblemJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Decides what one request of a widget gets. For one request. */
final class VisitorRequests {
    private static final int PAGE = 100;
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Account account;
    private final Request request;
    private final Supplier<String> ids;
    private final VisitorTokens tokens;
    private final List<Quota> quotas = new ArrayList<>();
    private final Map<String, String> headers = new LinkedHashMap<>();

    VisitorRequests(Account account, Request request, Supplier<String> ids) {
        this.account = account;
        this.request = request;
        this.ids = ids;
        this.tokens = new VisitorTokens(account);
    }

    Reply reply() {
        headers.put("Vary", "Origin");
        headers.put("X-Content-Type-Options", "nosniff");
        headers.put("Referrer-Policy", "no-referrer");
        Content content;
        try {
            content = content();
        } catch (MalformedPayload e) {
            content = problem(422, "This could not be read.", e.getMessage());
        } catch (AuthenticationFailed e) {
            content = problem(e.status(), e.status() == 401 ? "Who are you?" : "Forbidden.", e.getMessage());
        }
        headers.putIfAbsent("Cache-Control", "no-store");
        return new Reply(quotas, headers, content);
    }

    private Content content() throws MalformedPayload, AuthenticationFailed {
        String name = request.path().substring(request.path().lastIndexOf('/') + 1);
        Optional<WidgetFile> file = WidgetFile.find(name);
        if (file.isPresent() && request.method().equals("GET")) {
            return file.get().serve(account, request, headers);
        }
        origin();
        return switch (request.method() + " " + name) {
            case "OPTIONS session",
                    "OPTIONS messages",
                    "OPTIONS events",
                    "OPTIONS receipts",
                    "OPTIONS end",
                    "OPTIONS transcript",
                    "OPTIONS hours",
                    "OPTIONS survey",
                    "OPTIONS typing",
                    "OPTIONS config" -> preflight();
            case "GET config" -> WidgetConfig.of(account);
            case "GET hours" -> hours();
            case "POST session" -> session();
            case "POST messages" -> message();
            case "POST receipts" -> receipts();
            case "POST end" -> end();
            case "POST transcript" -> transcript();
            case "POST survey" -> survey();
            case "POST typing" -> typing();
            case "GET messages" -> page();
            case "GET events" -> stream();
            default -> problem(404, "There is nothing at this address.", null);
        };
    }

    /**
     * CORS for the websites that are listed. A browser names the origin of every POST and of whatever goes to another
     * site; where it names none, as for a GET of the widget's own, the token alone decides.
     */
    private void origin() throws AuthenticationFailed {
        Optional<String> origin = request.header("Origin");
        if (origin.isEmpty() && !request.method().equals("POST")) {
            return;
        }
        if (!account.get(WebChat.ORIGINS)
                .allows(origin.orElse(null), account.home().publicUrl())) {
            throw new AuthenticationFailed(403, "this website is not among the channel's origins");
        }
        headers.put("Access-Control-Allow-Origin", origin.orElse(""));
        headers.put("Access-Control-Expose-Headers", "Retry-After");
    }

    private Content preflight() {
        headers.put("Access-Control-Allow-Methods", "GET, POST");
        headers.put("Access-Control-Allow-Headers", "authorization, content-type, last-event-id");
        headers.put("Access-Control-Max-Age", "600");
        return new Body(204, "text/plain", new byte[0]);
    }

    private Content hours() {
        Body none = problem(404, "No hours are shown here.", null);
        return account.find(WebChat.OPENING_HOURS)
                .<Content>map(name ->
                        new Hours(name, state -> state.map(known -> WidgetConfig.hours(known, request.receivedAt()))
                                .orElse(none)))
                .orElse(none);
    }

    private Visitor visitor() throws AuthenticationFailed {
        Visitor visitor = tokens.check(request.header("Authorization").orElse(""), request.receivedAt());
        quotas.add(new Quota("visitor-requests", visitor.address(), 300, MINUTE));
        return visitor;
    }

    /** A new visitor, the same with a token that lasts longer, or the same who has logged in. */
    private Content session() throws MalformedPayload, AuthenticationFailed {
        JsonFields body = JsonFields.of(request.body());
        boolean isKnown = request.header("Authorization").isPresent();
        Visitor known = isKnown ? visitor() : null;
        Optional<String> identity = body.findText("identity");
        if (identity.isPresent()) {
            return user(known, body, identity.get());
        }
        if (known != null) {
            return new Current(known.address(), token(known));
        }
        if (WebChat.requiresIdentity(account)) {
            throw new AuthenticationFailed(403, "only users of the website may chat here: log in");
        }
        consent(body);
        Map<String, String> form = form(body);
        quotas.add(new Quota("new-visitors", null, account.get(WebChat.NEW_VISITORS), HOUR));
        return token(Visitor.anonymous(ids.get(), language(body), form));
    }

    private Content user(@Nullable Visitor known, JsonFields body, String identity)
            throws MalformedPayload, AuthenticationFailed {
        JsonFields claims = IdentityProof.check(account, request, identity);
        if (known == null) {
            consent(body);
        }
        Visitor user = Visitor.user(
                claims.text("sub"),
                claims.word("name"),
                claims.word("email"),
                language(body),
                known == null ? Map.of() : known.form());
        quotas.add(new Quota("user-sessions", user.address(), 60, HOUR));
        if (known == null || known.user() != null) {
            return token(user); // another user's conversation is never joined
        }
        return new Take(tokens.proven(user.from(known.address()), bare()), known.address(), "", token(user));
    }

    /** Without what proved the user: that is not for the store. */
    private Request bare() {
        return new Request(
                request.origin(),
                request.method(),
                request.path(),
                "",
                Map.of(),
                "{}".getBytes(StandardCharsets.UTF_8),
                request.receivedAt());
    }

    private void consent(JsonFields body) throws MalformedPayload {
        if (account.find(WebChat.CONSENT).isPresent() && !body.flag("consent")) {
            throw new MalformedPayload("consent must be true: the visitor has to agree first");
        }
    }

    private Map<String, String> form(JsonFields body) throws MalformedPayload {
        Optional<VisitorForm> form = account.find(WebChat.FORM);
        return form.isPresent() ? form.get().read(body) : Map.of();
    }

    private static @Nullable String language(JsonFields body) {
        String language = body.word("language");
        return language != null && language.matches("[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}") ? language : null;
    }

    private Body token(Visitor visitor) {
        Duration life = account.get(WebChat.TOKEN_LIFE);
        ObjectNode json = Json.mapper().createObjectNode();
        json.put("token", tokens.make(visitor, request.receivedAt(), life));
        json.put("expires", request.receivedAt().plus(life).toString());
        return Body.json(200, Json.write(json));
    }

    private Content message() throws MalformedPayload, AuthenticationFailed {
        Visitor visitor = visitor();
        quotas.add(new Quota("messages-at-once", visitor.address(), 10, Duration.ofSeconds(10)));
        quotas.add(new Quota("messages", visitor.address(), 60, MINUTE));
        quotas.add(new Quota("client-messages", null, 300, MINUTE));
        long largest = account.get(WebChat.FILE_SIZE) * 1024L;
        for (CustomerEvent event : InboundReader.read(account, visitor, request)) {
            for (Part part : ((MessageReceived) event).parts()) {
                if (part instanceof Part.Media media && (media.size() == null || media.size() > largest)) {
                    return problem(
                            413,
                            "The file is too large.",
                            largest == 0 ? "no files are taken here" : "at most " + largest / 1024 + " KB");
                }
            }
        }
        return take(visitor);
    }

    private Content end() throws MalformedPayload, AuthenticationFailed {
        Visitor visitor = visitor();
        quotas.add(new Quota("messages", visitor.address(), 60, MINUTE));
        InboundReader.read(account, visitor, request);
        return take(visitor);
    }

    private Content take(Visitor visitor) throws MalformedPayload {
        String key = FeedContent.keyOf(InboundReader.clientMsgId(JsonFields.of(request.body())));
        return new Take(tokens.proven(visitor, request), visitor.address(), key, Body.json(200, "{}"));
    }

    private Content receipts() throws MalformedPayload, AuthenticationFailed {
        Visitor visitor = visitor();
        InboundReader.read(account, visitor, request);
        return quietly(visitor);
    }

    private Take quietly(Visitor visitor) {
        Body none = new Body(204, "text/plain", new byte[0]);
        return new Take(tokens.proven(visitor, request), visitor.address(), "", none);
    }

    /** To the address that the website vouches for, else to the one that the visitor types. */
    private Content transcript() throws MalformedPayload, AuthenticationFailed {
        Visitor visitor = visitor();
        if (account.find(WebChat.TRANSCRIPT_BY).isEmpty()) {
            return problem(404, "No transcripts are sent here.", null);
        }
        quotas.add(new Quota("transcripts", visitor.address(), 3, Duration.ofDays(1)));
        quotas.add(new Quota("client-transcripts", null, 10, HOUR));
        InboundReader.read(account, visitor, request);
        return quietly(visitor);
    }

    private Content survey() throws MalformedPayload, AuthenticationFailed {
        Visitor visitor = visitor();
        if (!ChatSurvey.isAsked(account)) {
            return problem(404, "Nothing is asked here.", null);
        }
        quotas.add(new Quota("surveys", visitor.address(), 20, HOUR));
        JsonFields body = JsonFields.of(request.body());
        return quietly(visitor)
                .about(ChatSurvey.read(account, visitor, body, request.receivedAt())
                        .conversation());
    }

    private Content typing() throws MalformedPayload, AuthenticationFailed {
        Visitor visitor = visitor();
        quotas.add(new Quota("typing", visitor.address(), 30, MINUTE));
        JsonFields body = JsonFields.of(request.body());
        boolean typing = !body.has("typing") || body.flag("typing");
        return new Typing(visitor.address(), new CustomerTyping(List.of(visitor.identity()), null, typing));
    }

    private Content page() throws MalformedPayload, AuthenticationFailed {
        Visitor visitor = visitor();
        return new Page(visitor.address(), after(request.parameter("after")), PAGE);
    }

    private Content stream() throws MalformedPayload, AuthenticationFailed {
        Visitor visitor = visitor();
        return new Stream(
                visitor.address(), after(request.header("Last-Event-ID").orElse(request.parameter("after"))));
    }

    private static long after(String text) throws MalformedPayload {
        if (!text.matches("[0-9]{0,18}")) {
            throw new MalformedPayload("after, or Last-Event-ID, must be the seq of an entry");
        }
        return text.isEmpty() ? 0 : Long.parseLong(text);
    }

    private static Body problem(int status, String title, @Nullable String detail) {
        return new Body(
                status, ProblemJson.TYPE, ProblemJson.of(status, title, detail).getBytes(StandardCharsets.UTF_8));
    }
}
