// SPDX-License-Identifier: Apache-2.0
package io.dragoman.bench.outside;

import io.dragoman.bench.wire.Figures;
import io.dragoman.bench.wire.HttpInput;
import io.dragoman.bench.wire.Template;

/**
 * A desk that has every second message of each customer answered, and beside it WhatsApp's API, where the answers
 * arrive. A reply's running number is half of that of the message.
 */
final class TwoWay implements Party {
    private static final byte[] HOOK = HttpInput.ascii("POST /hook ");
    private static final byte[] CONVERSATION = HttpInput.ascii("\"conversation\":{\"id\":\"");
    private static final int ID_LENGTH = 36;
    private static final String BODY =
            "{\"messaging_product\":\"whatsapp\",\"contacts\":[{\"input\":\"+49151CCCCCCCC\","
                    + "\"wa_id\":\"49151CCCCCCCC\"}],\"messages\":[{\"id\":\"wamid.HBgNNDkxCCCCCCCCSSSSSSSS\"}]}";

    private final Template answer = Desk.ok(BODY);
    private final Template.Field customer = answer.field("CCCCCCCC");
    private final Template.Field sequence = answer.field("SSSSSSSS");
    private final Desk desk;
    private final Tally replies;
    private final Replies agents;
    private long due;
    private long requests;

    TwoWay(Desk desk, Tally replies, Replies agents) {
        this.desk = desk;
        this.replies = replies;
        this.agents = agents;
    }

    @Override
    public byte[] answer(HttpInput request) {
        if (!request.startsWith(HOOK)) {
            return sent(request);
        }
        long before = desk.count();
        byte[] answered = desk.answer(request);
        if (desk.count() > before) {
            reply(request);
        }
        return answered;
    }

    private void reply(HttpInput request) {
        Mark mark = Mark.of(request);
        if ((mark.customer() + mark.sequence()) % 2 == 0) {
            due++;
            byte[] conversation = request.copy(request.behind(CONVERSATION), ID_LENGTH);
            agents.add(conversation, mark.customer(), mark.sequence() / 2);
        }
    }

    private byte[] sent(HttpInput request) {
        Mark mark = Mark.of(request);
        replies.add(mark.customer(), mark.sequence(), ++requests);
        customer.fill(mark.customer());
        sequence.fill(mark.sequence());
        return answer.bytes();
    }

    @Override
    public long count() {
        return desk.count() - (due - replies.distinct());
    }

    @Override
    public Figures figures() {
        Figures in = desk.figures();
        Figures out = replies.figures();
        return in.with("doubled", in.get("doubled") + out.get("doubled"))
                .with("disordered", in.get("disordered") + out.get("disordered"))
                .count("replies", replies.distinct());
    }
}
