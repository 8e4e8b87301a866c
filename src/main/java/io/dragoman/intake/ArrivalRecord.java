// SPDX-License-Identifier: Apache-2.0
package io.dragoman.intake;

import io.dragoman.connector.Request;
import io.dragoman.model.Event;
import io.dragoman.model.Hashes;
import io.dragoman.model.Json;
import io.dragoman.store.Events.Arrived;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What arrived as bytes, for an {@link ArrivalLog}: four letters, the version, the length of a head, the head as JSON, and
 * the body as it came. Where events would make it too large it says that the body is to be read again.
 */
public final class ArrivalRecord {
    /** To be raised when a gateway of an older version would lose something of what is written: it then waits for a newer. */
    static final byte VERSION = 1;

    private static final byte[] LETTERS = "DRGN".getBytes(StandardCharsets.US_ASCII);
    private static final int PREFIX = LETTERS.length + 1 + Integer.BYTES;

    private ArrivalRecord() {}

    /** The head. */
    private record Head(
            boolean again,
            String source,
            Request.Origin origin,
            String method,
            String path,
            String query,
            Map<String, String> headers,
            Instant receivedAt,
            @Nullable String bodyFile,
            String sha256,
            List<Event> events,
            @Nullable String unread) {}

    /** They were not written by a gateway, or are damaged. */
    public static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        Unreadable(String message) {
            super(message, null, false, false);
        }
    }

    /** They were written by a gateway of a newer version, which knows more. */
    public static final class TooNew extends Exception {
        private static final long serialVersionUID = 1L;

        TooNew(int version) {
            super(
                    "a gateway of a newer version wrote records of version " + version
                            + ", and this one knows up to " + VERSION
                            + ": upgrade this one, or stop it, so that a newer one reads them",
                    null,
                    false,
                    false);
        }
    }

    /**
     * What the bytes say.
     *
     * @param again whether its events are those of one sender's that the request has when it is read again
     */
    public record Read(Arrived arrived, boolean again) {}

    /** What tells the records of one lane from others; it shows nobody's address. */
    public static byte[] key(String lane) {
        return Hashes.sha256Hex(lane).substring(0, 16).getBytes(StandardCharsets.US_ASCII);
    }

    /** Writes what arrived, with its events where they leave it that small. */
    public static byte[] write(Arrived arrived, int largest) {
        byte[] bytes = join(head(arrived, false), arrived.body());
        return bytes.length <= largest ? bytes : join(head(arrived, true), arrived.body());
    }

    private static Head head(Arrived arrived, boolean again) {
        Request request = arrived.request();
        return new Head(
                again,
                arrived.source(),
                request.origin(),
                request.method(),
                request.path(),
                request.query(),
                request.headers(),
                request.receivedAt(),
                arrived.bodyFile(),
                arrived.sha256(),
                again ? List.of() : List.copyOf(arrived.events()),
                arrived.unread());
    }

    private static byte[] join(Head head, byte @Nullable [] body) {
        byte[] json = Json.bytes(head);
        ByteBuffer bytes = ByteBuffer.allocate(PREFIX + json.length + (body == null ? 0 : body.length))
                .put(LETTERS)
                .put(VERSION)
                .putInt(json.length)
                .put(json);
        if (body != null) {
            bytes.put(body);
        }
        return bytes.array();
    }

    /** Reads what {@link #write} wrote. */
    public static Read read(byte[] bytes) throws Unreadable, TooNew {
        if (bytes.length < PREFIX || !Arrays.equals(bytes, 0, LETTERS.length, LETTERS, 0, LETTERS.length)) {
            throw new Unreadable("it does not begin as what a gateway writes");
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes, LETTERS.length, bytes.length - LETTERS.length);
        int version = buffer.get();
        if (version > VERSION) {
            throw new TooNew(version);
        }
        int length = buffer.getInt();
        if (version < 1 || length < 0 || length > buffer.remaining()) {
            throw new Unreadable("it is not whole");
        }
        Head head = head(new String(bytes, PREFIX, length, StandardCharsets.UTF_8));
        return new Read(arrived(head, Arrays.copyOfRange(bytes, PREFIX + length, bytes.length)), head.again());
    }

    private static Head head(String json) throws Unreadable {
        try {
            return Json.read(json, Head.class);
        } catch (IllegalStateException | StackOverflowError e) {
            throw new Unreadable("its head is not what a gateway writes");
        }
    }

    private static Arrived arrived(Head head, byte[] body) throws Unreadable {
        try {
            boolean inFile = head.bodyFile() != null;
            return new Arrived(
                    there(head.source()),
                    new Request(
                            there(head.origin()),
                            there(head.method()),
                            there(head.path()),
                            there(head.query()),
                            there(head.headers()),
                            body,
                            there(head.receivedAt())),
                    inFile ? null : body,
                    head.bodyFile(),
                    there(head.sha256()),
                    List.copyOf(there(head.events())),
                    head.unread());
        } catch (NullPointerException e) {
            throw new Unreadable("its head lacks something");
        }
    }

    /** What JSON may lack, whatever the type says. */
    private static <T> T there(T value) {
        return Objects.requireNonNull(value);
    }
}
