// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules;

import io.dragoman.rules.action.AskPoll;
import io.dragoman.rules.action.ReplyWriter;
import io.dragoman.rules.action.SendReply;
import io.dragoman.rules.answer.AnswerOptions;
import io.dragoman.rules.answer.AnswerOutcome;
import io.dragoman.rules.answer.Faq;
import io.dragoman.rules.facts.Facts;
import io.dragoman.rules.facts.Situation;
import io.dragoman.rules.poll.Poll;
import java.util.List;
import java.util.Optional;

/** Writes what goes out automatically in one situation. For one thread. */
record WrittenReplies(
        Replies replies,
        Faq faq,
        List<Poll> polls,
        AutoReplyGuard guard,
        Optional<QuietHours.Wait> quiet,
        Facts facts,
        Situation decided)
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
    public AskPoll ask(String rule, String name) {
        Poll poll = polls.stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("there is no such poll: reading let it through"));
        Situation situation = facts.situation();
        String refused = situation.isPublic()
                ? "everybody can read the conversation"
                : poll.refuses(situation.tally().asked().get(name), situation.now());
        AskPoll ask = new AskPoll(
                rule,
                name,
                poll.language(facts.languages(
                        facts.language().orElse(situation.tally().guess()))),
                refused == null ? guard.refuses(situation) : refused,
                null,
                null);
        return quiet.map(one -> ask.waiting(one.until(), one.why())).orElse(ask);
    }

    @Override
    public String toString() {
        return "WrittenReplies[…]";
    }
}
