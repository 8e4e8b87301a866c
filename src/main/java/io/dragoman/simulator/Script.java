// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator;

import io.dragoman.simulator.Answering.Answer;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** What an {@link Answering} has been told, and what came to it. Thread-safe. */
public final class Script {
    private final Queue<Answer> next = new ConcurrentLinkedQueue<>();
    private final List<String> came = new CopyOnWriteArrayList<>();
    private final List<String> taken = new CopyOnWriteArrayList<>();
    private final AtomicInteger odd = new AtomicInteger();

    /** The next messages are answered so, one after the other; those after them are taken. */
    public void next(Answer... answers) {
        next.addAll(List.of(answers));
    }

    /** What was told before is of no interest any more. */
    public void forget() {
        next.clear();
    }

    /** A message came: what becomes of it. */
    public Answer answer(String text) {
        came.add(text);
        Answer told = next.poll();
        Answer answer = told == null ? Answer.TAKEN : told;
        if (answer == Answer.TAKEN) {
            taken.add(text);
        }
        return answer;
    }

    /** One of these, each time the next one. */
    public <T> T odd(List<T> answers) {
        return answers.get(odd.getAndIncrement() % answers.size());
    }

    /** The text of every message that came, whatever the answer, in order. */
    public List<String> came() {
        return List.copyOf(came);
    }

    /** The texts of those that were taken. */
    public List<String> taken() {
        return List.copyOf(taken);
    }
}
