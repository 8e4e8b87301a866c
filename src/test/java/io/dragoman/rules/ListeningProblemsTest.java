// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What cannot stand in listening.yaml is told where it stands. */
final class ListeningProblemsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "stream: {}                            | listening.yaml:2:3 stream is not a known key. Did you mean 'streams'?",
                "streams: {a b: {any: x}}              | a stream's id is at most 40 letters",
                "streams: {a: {anny: x}}               | listening.yaml:2:17 streams.a.anny is not a known key. Did you mean 'any'?",
                "streams: {a: {any: []}}               | is an empty list",
                "streams: {a: {any: '/(/'}}            | is not an RE2 expression",
                "streams: {a: {kinds: telegram}}       | no such kind of channel with public messages",
                "streams: {a: {channels: smss}}        | Did you mean 'sms'?",
                "streams: {a: {hashtags: 'two words'}} | must be a hashtag of letters",
                "streams: {a: {languages: deutsch}}    | must be a language tag",
                "streams: {a: {places: Germany}}       | must be a country of two letters",
                "streams: {a: {unplaced: maybe}}       | must be true or false",
                "unheard: ignore                       | there is no such fate",
                "unheard: drop                         | every new public conversation would be dropped",
                "approval: {automatik: true}           | Did you mean 'automatic'?",
                "approval: {agents: some}              | must be true or false",
                "approval: {expires: soon}             | must be a time from 1s to 366d",
                "negative: {deutsch: {words: [x]}}     | must be a language such as de, or every",
                "negative: {en: {without: [brocken]}}  | Did you mean 'broken'?",
                "negative: {en: {only: perhaps}}       | must be true or false",
                "negative: {en: [x]}                   | must be a map",
            })
    void problemShouldBeToldWithItsPlace(String yaml, String problem) {
        assertThat(Book.listening("rules: []", "", "\n  " + yaml + "\n").problems)
                .anySatisfy(told -> assertThat(told).contains("listening.yaml:2:", problem));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "when: {stream: complaint}, team: a | no such stream in listening.yaml. Did you mean 'complaints'?",
                "when: {negative: maybe}, team: a   | must be true, false, or a score from 1 to 100",
                "when: {negative: 0}, team: a       | must be true, false, or a score from 1 to 100",
                "when: {public: maybe}, team: a     | must be true or false",
                "approval: always, team: a          | no such approval",
            })
    void ruleShouldNameOnlyWhatIsThere(String rule, String problem) {
        assertThat(Book.listening("rules: [{name: it, " + rule + "}]", "", "streams: {complaints: {any: x}}").problems)
                .singleElement()
                .asString()
                .contains("rules.yaml:1:", problem);
    }
}
