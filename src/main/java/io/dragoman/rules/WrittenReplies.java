// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules;

import io.dragoman.rules.action.ReplyWriter;
import io.dragoman.rules.action.SendReply;
import io.dragoman.rules.answer.AnswerOptions;
import io.dragoman.rules.answer.AnswerOutcome;
import io.dragoman.rules.answer.Faq;
import io.dragoman.rules.facts.Facts;
import io.dragoman.rules.facts.Situation;
import java.util.Optional;

/** Writes what goes out automatically in one situation. For one thread. */
record WrittenReplies(
        Replies replies, Faq faq, AutoReplyGuard guard, Optional<QuietHours.Wait> quiet, Facts facts, Situation decided)
        implements ReplyWriter {
    @Override
    public SendReply write(String rule, String reply) {
        SendReply written = replies.write(rule, reply, facts, decided, guard);
        return quiet.map(one -> written.waiting(one.until(), one.why())).orElse(written);
    }

    @Override
    public AnswerOutcome answer(String rule, AnswerOptions options) {
        return new Answering(faq, replies, guard, facts, decided).answer(rule, options);
    }

    @Override
    public String toString() {
        return "WrittenReplies[…]";
    }
}
