// SPDX-License-Identifier: Apache-2.0
package io.dragoman.admin.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.TestClock;
import io.dragoman.admin.access.Sessions.Begun;
import io.dragoman.model.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class SessionsTest {
    private static final Principal ANNA = new Principal("anna", Role.AGENT);
    private static final Duration IDLE = Duration.ofMinutes(30);

    private final TestClock clock = TestClock.at(Instant.parse("2026-11-29T10:00:00Z"));
    private final Sessions sessions = new Sessions(IDLE, new Random(1), clock);

    private boolean lives(Begun begun) {
        return sessions.find(begun.cookie().value(), true).isPresent();
    }

    @Test
    void sessionShouldEndWhenNothingIsAskedForTheIdleTime() {
        Begun begun = sessions.begin(ANNA);
        clock.move(IDLE.minusMillis(1));
        assertThat(lives(begun)).isTrue();
        clock.move(IDLE.minusMillis(1));
        assertThat(lives(begun)).isTrue();
        clock.move(IDLE);
        assertThat(lives(begun)).isFalse();
        assertThat(sessions.size()).isZero();
    }

    @Test
    void sessionShouldEndAfterTwelveHoursHoweverBusy() {
        Begun begun = sessions.begin(ANNA);
        for (int minutes = 20; minutes < 12 * 60; minutes += 20) {
            clock.move(Duration.ofMinutes(20));
            assertThat(lives(begun)).isTrue();
        }
        clock.move(Duration.ofMinutes(20));
        assertThat(lives(begun)).isFalse();
    }

    @Test
    void expiryShouldBeTheEarlierOfBothEnds() {
        Begun begun = sessions.begin(ANNA);
        assertThat(begun.session().expiresAt()).isEqualTo(clock.instant().plus(IDLE));
        for (int i = 0; i < 35; i++) {
            clock.move(Duration.ofMinutes(20));
            sessions.find(begun.cookie().value(), true);
        }
        assertThat(sessions.find(begun.cookie().value(), true).orElseThrow().expiresAt())
                .isEqualTo(begun.session().ends());
    }

    @Test
    void endedSessionShouldNotComeBack() {
        Begun begun = sessions.begin(ANNA);
        assertThat(sessions.goesOn(begun.session())).isTrue();
        sessions.end(begun.session());
        assertThat(lives(begun)).isFalse();
        assertThat(sessions.goesOn(begun.session())).isFalse();
    }

    @Test
    void pageThatNobodyAttendsShouldNotKeepItAlive() {
        Begun begun = sessions.begin(ANNA);
        clock.move(IDLE.minusMillis(1));
        assertThat(sessions.find(begun.cookie().value(), false)).contains(begun.session());
        clock.move(Duration.ofMillis(1));
        assertThat(sessions.find(begun.cookie().value(), false)).isEmpty();
    }

    @Test
    void askingWhetherASessionGoesOnShouldNotKeepItAlive() {
        Begun begun = sessions.begin(ANNA);
        clock.move(IDLE.minusMillis(1));
        assertThat(sessions.goesOn(begun.session())).isTrue();
        clock.move(Duration.ofMillis(1));
        assertThat(sessions.goesOn(begun.session())).isFalse();
        assertThat(lives(begun)).isFalse();
    }

    @Test
    void onePersonsSessionUsedLeastLatelyShouldMakeRoom() {
        Begun other = sessions.begin(new Principal("ben", Role.VIEWER));
        List<Begun> own = new ArrayList<>();
        for (int i = 0; i < Sessions.MOST_OF_ONE; i++) {
            own.add(sessions.begin(ANNA));
        }
        assertThat(lives(own.get(0))).isTrue(); // used just now, so that the second is the one to go
        Begun last = sessions.begin(ANNA);
        assertThat(lives(own.get(1))).isFalse();
        assertThat(lives(own.get(0))).isTrue();
        assertThat(lives(last)).isTrue();
        assertThat(lives(other)).isTrue();
    }

    @Test
    void sessionsShouldBeBounded() {
        Begun first = sessions.begin(ANNA);
        for (int i = 0; i < Sessions.MOST; i++) {
            sessions.begin(new Principal("person" + i, Role.VIEWER));
        }
        assertThat(sessions.size()).isEqualTo(Sessions.MOST);
        assertThat(lives(first)).isFalse();
    }

    @Test
    void cookieAndCsrfShouldBeDifferentWordsOf256Bits() {
        Begun one = sessions.begin(ANNA);
        Begun two = sessions.begin(ANNA);
        assertThat(List.of(
                        one.cookie().value(),
                        one.session().csrf(),
                        two.cookie().value(),
                        two.session().csrf()))
                .doesNotHaveDuplicates()
                .allMatch(word -> word.matches("[A-Za-z0-9_-]{43}"));
        assertThat(one.toString())
                .doesNotContain(one.cookie().value(), one.session().csrf());
    }
}
