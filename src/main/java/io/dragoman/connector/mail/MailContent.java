// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.mail;

import io.dragoman.connector.kit.HtmlCleaner;
import io.dragoman.connector.kit.HtmlText;
import io.dragoman.connector.kit.SafeText;
import io.dragoman.model.Json;
import io.dragoman.model.Part;
import io.dragoman.model.Part.MediaKind;
import io.dragoman.model.Structured;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Entities;
import org.jspecify.annotations.Nullable;

/** What a mail says, as parts of a message: its text first, then everything else as files in the mail's order. */
public final class MailContent {
    /** Bytes of text that are taken from one mail; what is longer is there as a file, too. */
    private static final int LONGEST_TEXT = 2_000_000;

    private static final int LONGEST_PART = 1_000_000;
    private static final int LONGEST_HEADER = 64 * 1024;
    static final String MIME_TYPE = "[a-z0-9][a-z0-9!#$&^_.+-]{0,100}/[a-z0-9][a-z0-9!#$&^_.+-]{0,100}";

    /** Types of text that read well as they stand. */
    private static final Set<String> PLAIN = Set.of(
            "text/plain", "text/markdown", "text/x-markdown", "text/x-web-markdown", "text/enriched", "text/richtext");

    private static final String UNVERIFIED = "This mail is signed (S/MIME). Its signature was not checked.";
    private static final String ENCRYPTED = "This mail is encrypted: only its receiver's key opens it.";
    private static final String UNOPENED =
            "This S/MIME file cannot be opened here: it is encrypted, too large, or holds no mail.";

    private static final String PGP_SIGNED = "This text is signed (PGP). Its signature was not checked.";

    /** Structured, so that rules have a text. */
    private static final Part PGP_ENCRYPTED = new Structured(
            "encrypted",
            "This mail is encrypted with PGP and cannot be read here: only its receiver's key opens it.",
            Json.mapper().createObjectNode().put("with", "pgp"));

    private final boolean complete;
    private final List<Body> bodies = new ArrayList<>();
    private final List<MimePart> files = new ArrayList<>();
    private final List<Part> notes = new ArrayList<>();
    private @Nullable MimePart inline;
    private int budget = LONGEST_TEXT;
    private boolean cut;
    private boolean pgp;

    private MailContent(boolean complete) {
        this.complete = complete;
    }

    /** One piece of text in one or two forms. */
    private record Body(@Nullable String plain, @Nullable String html) {}

    /**
     * A mail's parts.
     *
     * @param answered what is known of the mail that it answers, and may quote; null where it answers none
     */
    public static List<Part> of(MimeReader.Mail mail, @Nullable ReplyFacts answered) {
        MailContent content = new MailContent(mail.complete());
        content.walk(mail.root());
        List<Part> parts = content.parts(answered, mail.root().raw().length);
        if (!mail.complete()) {
            parts.add(new Part.Unsupported(
                    "message/rfc822",
                    "This mail has more than " + MimeReader.MOST + " parts or more than " + MimeReader.DEEPEST
                            + " levels; the rest is in the attached file only."));
            parts.add(wholeMail(mail.root().raw().length));
        }
        return parts;
    }

    /** The raw mail as a file. */
    public static Part.Media wholeMail(long size) {
        return Part.Media.incoming(MediaKind.FILE, "message/rfc822", "message.eml", size, "raw");
    }

    private void walk(MimePart part) {
        if (part.children().isEmpty()) {
            leaf(part);
        } else if (part.is("multipart/alternative")) {
            alternative(part);
        } else if (part.isTnef()) {
            boolean said = !bodies.isEmpty();
            part.children().stream()
                    .filter(child -> !said || !child.isUnnamedText()) // Outlook packs up once more what it wrote above
                    .forEach(this::walk);
            files.add(part); // what is in rich text alone is nowhere else
        } else {
            part.children().forEach(this::walk);
            if (part.is("multipart/encrypted")) {
                notes.add(encrypted(part));
            } else if (part.isSmime()) {
                files.add(part);
                notes.add(new Part.Unsupported("signature", UNVERIFIED));
            }
        }
    }

    private static Part encrypted(MimePart part) {
        boolean pgp = part.contentType()
                .parameter("protocol")
                .filter("application/pgp-encrypted"::equalsIgnoreCase)
                .isPresent();
        return pgp ? PGP_ENCRYPTED : new Part.Unsupported("encrypted", ENCRYPTED);
    }

    /** The same thing in several forms: the first plain text and the last HTML are kept, besides anything else. */
    private void alternative(MimePart part) {
        @Nullable String plain = null;
        @Nullable String html = null;
        for (MimePart child : part.children()) {
            int before = bodies.size();
            if (!child.is("text/x-amp-html")) {
                walk(child);
            }
            List<Body> forms = List.copyOf(bodies.subList(before, bodies.size()));
            bodies.subList(before, bodies.size()).clear();
            String childPlain = joined(forms, Body::plain);
            String childHtml = joined(forms, Body::html);
            plain = plain == null || plain.isBlank() ? childPlain == null ? plain : childPlain : plain;
            html = childHtml == null ? html : childHtml;
        }
        if (plain != null && html != null && StubText.standsFor(plain, html)) {
            plain = null;
        }
        if (plain != null || html != null) {
            bodies.add(new Body(plain, html));
        }
    }

    /** One form of several pieces; null when no piece has it. */
    private static @Nullable String joined(List<Body> pieces, Function<Body, @Nullable String> form) {
        StringBuilder text = new StringBuilder();
        boolean any = false;
        for (Body piece : pieces) {
            String one = form.apply(piece);
            if (one != null) {
                text.append(any ? "\n" : "").append(one);
                any = true;
            }
        }
        return any ? text.toString() : null;
    }

    private void leaf(MimePart part) {
        boolean broken = part.isMultipart();
        boolean text = part.is("text/html") || PLAIN.contains(part.type()) || broken;
        boolean named = part.fileName().isPresent();
        boolean body = broken || (!named && (part.path().isEmpty() || !part.isAttachment()));
        if (broken && !complete) {
            return; // a bomb's inside: the whole mail is attached
        }
        if (text && body && budget > 0) {
            body(part);
            return;
        }
        if (part.end() > part.start() || named) {
            files.add(part);
        }
        if (text && named && !part.isAttachment() && inline == null) {
            inline = part;
        }
        if (part.isCalendar()) {
            CalendarText.read(part.text(LONGEST_PART))
                    .filter(said -> !notes.contains(said))
                    .ifPresent(notes::add);
        }
        if (part.isSmime()) {
            notes.add(new Part.Unsupported("encrypted", UNOPENED));
        }
    }

    private void body(MimePart part) {
        int limit = Math.min(budget, LONGEST_PART);
        int taken = part.content(limit).length;
        String content = part.text(limit);
        budget -= taken;
        bodies.add(part.is("text/html") ? new Body(null, content) : new Body(unarmoured(content, part), null));
        if (taken >= limit && !files.contains(part)) {
            files.add(part);
        }
    }

    /** What is readable of a text with PGP in it; the rest is in the mail as it came. */
    private String unarmoured(String content, MimePart part) {
        PgpArmour armour = PgpArmour.read(FlowedText.unfold(content, part));
        if (armour.encrypted()) {
            notes.add(PGP_ENCRYPTED);
        }
        if (armour.signed()) {
            notes.add(new Part.Unsupported("signature", PGP_SIGNED));
        }
        pgp |= armour.encrypted() || armour.signed();
        return armour.text();
    }

    private List<Part> parts(@Nullable ReplyFacts answered, long rawLength) {
        if (bodies.isEmpty() && inline != null) {
            body(inline); // a file to be seen at once, in a mail that says nothing else
        }
        @Nullable Document html = html();
        String fromHtml = html == null ? "" : HtmlText.of(html);
        String full = plain().orElseGet(() -> ReplyBody.whole(fromHtml));
        List<Part> parts = new ArrayList<>();
        if (html != null || !full.isBlank() || files.isEmpty()) {
            String visible = answered == null ? full : visible(full, fromHtml, answered);
            @Nullable String safe = html == null ? null : HtmlCleaner.clean(html, pictures());
            boolean tooLong = safe != null && safe.length() > 2 * HtmlCleaner.LONGEST;
            cut |= tooLong;
            parts.add(new Part.Text(
                    visible,
                    visible.equals(full) ? null : full,
                    safe == null || safe.isBlank() || tooLong ? null : safe));
        }
        files.forEach(file -> parts.add(media(file)));
        parts.addAll(notes);
        if (cut || pgp) {
            parts.add(wholeMail(rawLength));
        }
        return parts;
    }

    /** The plain text of all pieces, where any piece has one. */
    private Optional<String> plain() {
        if (bodies.stream()
                .allMatch(body -> body.plain() == null || body.plain().isBlank())) {
            return Optional.empty();
        }
        return Optional.of(bodies.stream()
                .map(body -> body.plain() == null ? HtmlText.of(HtmlCleaner.parse(orEmpty(body.html()))) : body.plain())
                .map(ReplyBody::whole)
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining("\n\n")));
    }

    /** The marks in HTML are the surest; without one, the plain text is looked at. */
    private static String visible(String full, String fromHtml, ReplyFacts answered) {
        if (fromHtml.contains(HtmlText.QUOTE_MARK)) {
            String visible = ReplyBody.visible(fromHtml, answered);
            return visible.equals(ReplyBody.whole(fromHtml)) ? full : visible;
        }
        return ReplyBody.visible(full, answered);
    }

    private @Nullable Document html() {
        if (bodies.stream().allMatch(body -> body.html() == null)) {
            return null;
        }
        String joined = bodies.stream()
                .map(body ->
                        body.html() == null ? "<pre>" + Entities.escape(orEmpty(body.plain())) + "</pre>" : body.html())
                .collect(Collectors.joining("\n"));
        cut = HtmlCleaner.bounded(joined).length() < joined.length();
        return HtmlCleaner.parse(joined);
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    /** Which part of the message each Content-ID names; the text is part 0. */
    private Map<String, Integer> pictures() {
        Map<String, Integer> pictures = new HashMap<>();
        for (int i = 0; i < files.size(); i++) {
            int index = i + 1;
            files.get(i).contentId().ifPresent(id -> pictures.putIfAbsent(id, index));
        }
        return pictures;
    }

    private static Part.Media media(MimePart part) {
        String type = part.type().matches(MIME_TYPE) ? part.type() : "application/octet-stream";
        String name = part.fileName()
                .orElse(
                        switch (type) {
                            case "message/rfc822", "message/global" -> mailName(part);
                            case "text/calendar" -> "invite.ics";
                            default -> null;
                        });
        Long size = TransferCoding.size(part.raw(), part.start(), part.end(), part.coding());
        return Part.Media.incoming(MediaKind.of(type), type, name, size, "part:" + part.path());
    }

    /** An attached mail is called by its subject. */
    private static String mailName(MimePart part) {
        byte[] start = part.content(LONGEST_HEADER);
        return MimeHeaders.read(start, 0, start.length)
                .text("subject")
                .flatMap(subject -> Optional.ofNullable(SafeText.fileName(subject.replaceAll("[/\\\\]", "_") + ".eml")))
                .orElse("message.eml");
    }
}
