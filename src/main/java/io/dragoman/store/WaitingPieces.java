// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import io.dragoman.connector.Request;
import io.dragoman.connector.kit.Pieces;
import io.dragoman.connector.kit.Pieces.Place;
import io.dragoman.connector.kit.Pieces.Waiting;
import io.dragoman.model.CustomerEvent.MessageReceived;
import io.dragoman.model.Hashes;
import io.dragoman.model.Json;
import io.dragoman.model.MessagePiece;
import io.dragoman.model.Part;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Pieces of messages that wait for the others, a row for each sender. A message that is whole, or no longer waited for, is
 * taken out in the transaction that makes it an event.
 */
public final class WaitingPieces {
    private final Sql sql;

    WaitingPieces(Sql sql) {
        this.sql = sql;
    }

    /**
     * Adds a piece.
     *
     * @param source the channel
     * @return the messages that are whole by it, or that can become it no more
     */
    public List<MessageReceived> add(String source, MessagePiece piece, long now) {
        Pieces<MessagePiece> pieces = take(source, piece.lane());
        List<List<MessagePiece>> done = pieces.add(piece, Instant.ofEpochMilli(now));
        put(source, piece.lane(), pieces);
        return done.stream().map(MessagePiece::join).toList();
    }

    /** Whether any has waited long enough. */
    public boolean due(long now) {
        return sql.one("SELECT 1 FROM waiting_piece WHERE since<=? LIMIT 1", row -> true, latest(now))
                .isPresent();
    }

    /** Takes out what has waited long enough, of up to so many senders; as what the inbox takes in. */
    public List<Events.Arrived> takeOverdue(long now, int most) {
        List<Sender> senders = sql.all(
                "SELECT source, lane FROM waiting_piece WHERE since<=? ORDER BY since LIMIT ?",
                row -> new Sender(row.getString(1), row.getString(2)),
                latest(now),
                most);
        return senders.stream()
                .flatMap(sender -> {
                    Pieces<MessagePiece> pieces = take(sender.source(), sender.lane());
                    List<List<MessagePiece>> done = pieces.overdue(Instant.ofEpochMilli(now));
                    put(sender.source(), sender.lane(), pieces);
                    return done.stream().map(MessagePiece::join).map(message -> arrived(sender.source(), message, now));
                })
                .toList();
    }

    /** What the inbox takes in for a message whose pieces are put together. */
    public static Events.Arrived arrived(String source, MessageReceived message, long now) {
        byte[] body = Json.bytes(message);
        Request request = Request.fired("pieces", body, Instant.ofEpochMilli(now));
        return new Events.Arrived(source, request, body, null, Hashes.sha256Hex(body), List.of(message), null);
    }

    private record Sender(String source, String lane) {}

    /** What a row holds. */
    private record Row(List<Waiting<MessagePiece>> waiting) {}

    private static long latest(long now) {
        return now - Pieces.LONGEST.toMillis();
    }

    /** Of several gateways on one store another waits, and finds what this one leaves: also where there is no row yet. */
    private Pieces<MessagePiece> take(String source, String lane) {
        sql.lock("pieces " + source + " " + lane);
        return new Pieces<>(
                WaitingPieces::place,
                sql
                        .all(
                                "DELETE FROM waiting_piece WHERE source=? AND lane=? RETURNING pieces",
                                row -> row.getString(1),
                                source,
                                lane)
                        .stream()
                        .flatMap(pieces -> Json.read(pieces, Row.class).waiting().stream())
                        .toList());
    }

    private void put(String source, String lane, Pieces<MessagePiece> pieces) {
        List<Waiting<MessagePiece>> waiting = pieces.waiting();
        waiting.stream()
                .map(Waiting::since)
                .min(Instant::compareTo)
                .ifPresent(since -> sql.update(
                        "INSERT INTO waiting_piece(source,lane,since,pieces) VALUES(?,?,?,?)",
                        source,
                        lane,
                        since.toEpochMilli(),
                        Json.write(new Row(waiting))));
    }

    private static Place place(MessagePiece piece) {
        return new Place(
                piece.reference() + "|" + piece.total(),
                piece.number(),
                piece.total(),
                piece.message().parts().stream()
                        .map(part -> part instanceof Part.Text text ? text.text() : Json.write(part))
                        .collect(Collectors.joining("\n")));
    }
}
