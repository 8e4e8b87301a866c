// SPDX-License-Identifier: Apache-2.0
package io.dragoman.bench.outside;

import io.dragoman.bench.wire.Figures;
import io.dragoman.bench.wire.HttpInput;
import io.dragoman.bench.wire.Template;
import org.HdrHistogram.Histogram;

/** A desk of kind {@code webhook} that only answers, with its id for the conversation. */
final class Desk implements Party {
    private static final byte[] ID = HttpInput.ascii("\r\nwebhook-id:");
    private static final byte[] RECEIVED = HttpInput.ascii("\"type\":\"message.received\"");
    private static final String BODY = "{\"id\":\"T-CCCCCCCC\"}";

    private final Template answer = ok(BODY);
    private final Template.Field customer = answer.field("CCCCCCCC");
    private final Tally tally;
    private final Histogram latency;
    private long without;

    Desk(Tally tally, Histogram latency) {
        this.tally = tally;
        this.latency = latency;
    }

    @Override
    public byte[] answer(HttpInput request) {
        if (request.behind(RECEIVED) >= 0) {
            Mark mark = Mark.of(request);
            int id = request.header(ID);
            // without an id, each request is an event of its own
            tally.add(mark.customer(), mark.sequence(), id < 0 ? ++without : request.hash(id));
            mark.recordAge(latency);
            customer.fill(mark.customer());
        }
        return answer.bytes();
    }

    @Override
    public long count() {
        return tally.distinct();
    }

    @Override
    public Figures figures() {
        return tally.figures();
    }

    /** An answer of 200 with this body of JSON. */
    static Template ok(String body) {
        return new Template("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + body.length()
                + "\r\n\r\n" + body);
    }
}
