// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.connector.Limits;
import io.dragoman.connector.Limits.Unit;
import io.dragoman.connector.kit.Rendering.Plan;
import io.dragoman.model.Card;
import io.dragoman.model.Carousel;
import io.dragoman.model.Json;
import io.dragoman.model.Part;
import io.dragoman.model.Part.Choice;
import io.dragoman.model.Part.Choices;
import io.dragoman.model.Part.Media;
import io.dragoman.model.Part.MediaKind;
import io.dragoman.model.Part.Text;
import io.dragoman.model.Structured;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RenderingTest {
    private static final Limits PLAIN = limits(40, Unit.UTF_16);
    private static final Limits RICH = Limits.text(100, Unit.UTF_16)
            .caption(20)
            .choices(3, 10)
            .choiceTexts(50, 20)
            .media(MediaKind.IMAGE, 1000, "image/jpeg")
            .media(MediaKind.AUDIO, 1000, "audio/*")
            .media(MediaKind.FILE, 5000)
            .location()
            .contacts()
            .templates()
            .build();
    private static final List<String> SCRIPTS = List.of(
            "გამარჯობა მსოფლიო, როგორ ხართ დღეს? ",
            "Բարեւ աշխարհ։ Ինչպե՞ս եք այսօր։ ",
            "مرحبا بالعالم، كيف حالك اليوم؟ ",
            "สวัสดีชาวโลกวันนี้เป็นอย่างไรบ้างครับน้ำ",
            "👨‍👩‍👧‍👦👍🏽🏳️‍🌈❤️‍🔥",
            "🇬🇪🇦🇲🇹🇲🇩🇪",
            "é̂ạ̈ k̷̛ ",
            "你好世界。今天怎么样？",
            "plain €uros [and] {braces}. ",
            "Salam, nähili? Ýagşymy ňe ",
            "a\r\nb\n\nc ",
            "नमस्ते दुनिया। क्षत्रिय ");

    @Test
    void whatGoesTogetherShouldBeOneMessageUpToItsSize() {
        Limits mail =
                Limits.text(1000, Unit.UTF_16).anyMedia(900).together(1000).build();
        Text hello = new Text("hello");
        Text bye = new Text("bye");
        Media small = file(300);
        Media large = file(800);
        assertThat(Rendering.plan(mail, List.of(hello, small, bye)).steps())
                .containsExactly(List.of(hello, small, bye));
        assertThat(Rendering.plan(mail, List.of(hello, small, large, bye)).steps())
                .containsExactly(List.of(hello, small), List.of(large, bye));
    }

    private static Media file(long size) {
        return new Media(MediaKind.FILE, "application/pdf", "a.pdf", size, null, "id-" + size, null);
    }

    @ParameterizedTest
    @EnumSource(Unit.class)
    void splittingShouldLoseNothingButWhiteSpaceAndTearNoCharacterApart(Unit unit) {
        Random random = new Random(11);
        for (int round = 0; round < 400; round++) {
            String text = random.ints(random.nextInt(1, 12), 0, SCRIPTS.size())
                    .mapToObj(SCRIPTS::get)
                    .collect(Collectors.joining());
            int limit = random.nextInt(30, 90);
            List<String> pieces = texts(Rendering.plan(limits(limit, unit), List.of(new Text(text))));
            assertThat(pieces)
                    .allSatisfy(piece -> assertThat(LongText.count(piece, unit)).isBetween(1, limit));
            assertThat(bare(String.join("", pieces))).isEqualTo(bare(text));
            assertThat(pieces.stream().flatMap(RenderingTest::clusters).filter(one -> !one.isBlank()))
                    .isEqualTo(clusters(text).filter(one -> !one.isBlank()).toList());
        }
    }

    @Test
    void shortTextShouldStayAsItIs() {
        Text text = new Text(" as it is\n", "full", "<b>html</b>");
        assertThat(Rendering.plan(PLAIN, List.of(text)).steps()).containsExactly(List.of(text));
    }

    @Test
    void cutShouldPreferParagraphThenLineThenSentenceThenWord() {
        assertThat(split("aaaa aaaa aaaa aaaa\n\nbbbb. bbbb bbbb\nbbbb bbbb"))
                .containsExactly("aaaa aaaa aaaa aaaa", "bbbb. bbbb bbbb\nbbbb bbbb");
        assertThat(split("aaaa aaaa aaaa. aaaa\nbbbb. bbbb bbbb bbbb bbbb"))
                .containsExactly("aaaa aaaa aaaa. aaaa", "bbbb. bbbb bbbb bbbb bbbb");
        assertThat(split("aaaa aaaa aaaa aaaa aaaa. bbbb bbbb bbbb bbbb"))
                .containsExactly("aaaa aaaa aaaa aaaa aaaa.", "bbbb bbbb bbbb bbbb");
        assertThat(split("aaaa aaaa aaaa aaaa aaaa aaaa aaaa aaaabbbb"))
                .containsExactly("aaaa aaaa aaaa aaaa aaaa aaaa aaaa", "aaaabbbb");
        assertThat(split("今天怎么样你好世界你好世界你好世界你好世界你好世界。你好世界你好世界你好世界你好世界"))
                .first()
                .asString()
                .endsWith("。");
    }

    @Test
    void wordLongerThanAMessageShouldBeCut() {
        assertThat(split("x " + "a".repeat(95))).containsExactly("x", "a".repeat(40), "a".repeat(40), "a".repeat(15));
    }

    @Test
    void heapOfMarksLongerThanAMessageShouldStillBeSent() {
        String heap = "z" + "\u0301".repeat(100);
        assertThat(String.join("", split(heap))).isEqualTo(heap);
        assertThat(texts(Rendering.plan(limits(1, Unit.UTF_16), List.of(new Text("😀b")))))
                .containsExactly("😀", "b");
    }

    @Test
    void septetsShouldCountDoubleWhereEscaped() {
        Limits sms = limits(10, Unit.SMS);
        assertThat(texts(Rendering.plan(sms, List.of(new Text("€€€€€€"))))).containsExactly("€€€€€", "€");
        assertThat(texts(Rendering.plan(sms, List.of(new Text("€€€€ ააა"))))).containsExactly("€€€€ ააა");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "🇬🇪", "👨‍👩‍👧‍👦", "\u0301", " ", "\n", "\ud83d", "€"})
    void hugeTextShouldBeSplitInTime(String what) {
        String huge = what.repeat(300_000 / what.length());
        List<String> pieces = texts(Rendering.plan(limits(4096, Unit.UTF_16), List.of(new Text(huge))));
        assertThat(bare(String.join("", pieces))).isEqualTo(bare(huge));
    }

    @Test
    void blankMessageShouldHaveNoStep() {
        assertThat(Rendering.plan(PLAIN, List.of(new Text(" \n"))).steps()).isEmpty();
        assertThat(Rendering.plan(PLAIN, List.of()).steps()).isEmpty();
    }

    @Test
    void captionShouldGoWithItsMediumWhenItFits() {
        Media image = media(MediaKind.IMAGE, "image/jpeg", 10L);
        Text caption = new Text("short");
        Text longer = new Text("longer than a caption may be");
        assertThat(Rendering.plan(RICH, List.of(image, caption, caption)).steps())
                .containsExactly(List.of(image, caption), List.of(caption));
        assertThat(Rendering.plan(RICH, List.of(image, longer)).steps())
                .containsExactly(List.of(image), List.of(longer));
        assertThat(Rendering.plan(RICH, List.of(caption, image)).steps())
                .containsExactly(List.of(caption), List.of(image));
    }

    @Test
    void recordingShouldTakeNoCaption() {
        Media audio = media(MediaKind.AUDIO, "audio/ogg; codecs=opus", 10L);
        Plan plan = Rendering.plan(RICH, List.of(audio, new Text("short")));
        assertThat(plan.steps()).hasSize(2);
        assertThat(plan.losses()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"image/tiff, 10", "image/jpeg, 4000"})
    void imageThatIsNotTakenAsSuchShouldGoAsAFile(String type, long size) {
        Plan plan = Rendering.plan(RICH, List.of(media(MediaKind.IMAGE, type, size)));
        assertThat(plan.steps()).containsExactly(List.of(media(MediaKind.FILE, type, size)));
        assertThat(plan.losses()).singleElement().asString().contains("file");
    }

    @Test
    void mediaThatIsNotTakenAtAllShouldGoAsALink() {
        Media big = media(MediaKind.VIDEO, "video/mp4", 6000L);
        Plan plan = Rendering.plan(RICH, List.of(big), medium -> "https://gate.example/media/1");
        assertThat(texts(plan)).containsExactly("my.file: https://gate.example/media/1");
        assertThat(plan.losses()).singleElement().asString().contains("link").doesNotContain("gate.example");
        Plan linkless = Rendering.plan(RICH, List.of(big));
        assertThat(linkless.steps()).isEmpty();
        assertThat(linkless.losses()).singleElement().asString().contains("left out");
    }

    @Test
    void choicesShouldBecomeWhatTheChannelShows() {
        Choices three = choices(3, "Pick");
        assertThat(Rendering.plan(RICH, List.of(three))).isEqualTo(new Plan(List.of(List.of(three)), List.of()));
        Plan list = Rendering.plan(RICH, List.of(choices(4, "Pick")));
        assertThat(list.steps().get(0).get(0))
                .isEqualTo(new Choices("Pick", choices(4, "Pick").choices(), "Menu"));
        assertThat(list.losses()).singleElement().asString().contains("as a list");
        Plan numbered = Rendering.plan(RICH, List.of(choices(11, "Pick")));
        assertThat(texts(numbered).get(0)).startsWith("Pick\n1. Title 1\n2. Title 2");
        assertThat(numbered.losses()).singleElement().asString().contains("numbered");
    }

    @Test
    void choiceWithALongTitleShouldBeNumbered() {
        Choices choices = new Choices("Pick", List.of(new Choice("a", "a title that is far too long", "why")), null);
        assertThat(texts(Rendering.plan(RICH, List.of(choices))))
                .containsExactly("Pick\n1. a title that is far too long: why");
    }

    @Test
    void choicesWithDescriptionsShouldPreferAList() {
        Choices described = new Choices("Pick", List.of(new Choice("a", "A", "d".repeat(80))), null);
        Choices shown = (Choices)
                Rendering.plan(RICH, List.of(described)).steps().get(0).get(0);
        assertThat(shown.button()).isEqualTo("Menu");
        assertThat(shown.choices().get(0).description()).hasSize(72).endsWith("…");
    }

    @Test
    void longQuestionShouldGoAheadAsText() {
        Plan plan = Rendering.plan(RICH, List.of(choices(2, "word ".repeat(15).strip())));
        assertThat(plan.steps()).hasSize(2);
        assertThat(((Text) plan.steps().get(0).get(0)).text()
                        + " "
                        + ((Choices) plan.steps().get(1).get(0)).text())
                .isEqualTo("word ".repeat(15).strip());
        assertThat(plan.losses()).hasSize(1);
    }

    @Test
    void everythingShouldBecomeTextOnAPlainChannel() {
        Plan plan = Rendering.plan(
                limits(500, Unit.SMS),
                List.of(
                        new Part.Location(52.5, 0.00001, "Shop", null),
                        new Part.ContactCard("Ana B", List.of("+4917000"), List.of("ana@example.com"), null),
                        new Part.ChoiceMade("id", "Yes"),
                        new Part.Unsupported("order", "{}"),
                        new Part.Template("welcome", "en", List.of("secret value"))));
        assertThat(texts(plan))
                .containsExactly(
                        "Shop\nhttps://maps.google.com/?q=52.5,0.000010",
                        "Ana B\n+4917000\nana@example.com",
                        "Yes",
                        "[order]");
        assertThat(plan.losses()).hasSize(5).noneMatch(loss -> loss.contains("Ana") || loss.contains("secret"));
        assertThat(plan.toString()).doesNotContain("Ana");
    }

    @Test
    void cardShouldGoAsPictureTextAndChoices() {
        Media image = media(MediaKind.IMAGE, "image/jpeg", 10L);
        Card card = new Card(
                "Shoe",
                "Light",
                image,
                List.of(
                        new Card.Button("Buy", "buy-7", null),
                        new Card.Button("More", null, "https://shop.example/7")));
        Plan rich = Rendering.plan(RICH, List.of(card));
        assertThat(rich.steps())
                .containsExactly(
                        List.of(image),
                        List.of(new Choices(
                                "Shoe\nLight\nMore: https://shop.example/7",
                                List.of(new Choice("buy-7", "Buy", null)),
                                null)));
        assertThat(rich.losses()).singleElement().asString().startsWith("A card goes as");
        Plan plain = Rendering.plan(limits(100, Unit.UTF_16), List.of(card), medium -> "https://gate.example/1");
        assertThat(texts(plain))
                .containsExactly(
                        "my.file: https://gate.example/1", "Shoe\nLight\nMore: https://shop.example/7\n1. Buy");
        assertThat(plain.losses()).hasSize(3).noneMatch(loss -> loss.contains("Shoe"));
    }

    @Test
    void cardWithoutChoicesShouldBeTheCaptionOfItsPicture() {
        Media image = media(MediaKind.IMAGE, "image/jpeg", 10L);
        assertThat(Rendering.plan(RICH, List.of(new Card("Shoe", null, image, List.of())))
                        .steps())
                .containsExactly(List.of(image, new Text("Shoe")));
    }

    @Test
    void carouselShouldGoAsItsCards() {
        Carousel carousel = new Carousel(
                "Ours", List.of(new Card("One", null, null, List.of()), new Card("Two", null, null, List.of())));
        Plan plan = Rendering.plan(RICH, List.of(carousel));
        assertThat(texts(plan)).containsExactly("Ours", "One", "Two");
        assertThat(plan.losses()).hasSize(3).first().asString().startsWith("Cards side by side");
    }

    @Test
    void structuredContentShouldGoAsItsText() {
        Plan plan = Rendering.plan(
                RICH,
                List.of(
                        new Structured("order", "2 × shoe", Json.mapper().createObjectNode()),
                        new Structured("call", " ", Json.mapper().createObjectNode())));
        assertThat(texts(plan)).containsExactly("2 × shoe", "[call]");
        assertThat(plan.losses()).hasSize(2).allMatch(loss -> loss.equals("Structured content goes as its text only."));
    }

    @Test
    void everythingShouldStayOnARichChannel() {
        List<Part> parts = List.of(
                new Part.Location(1, 2, null, null),
                new Part.ContactCard("A", List.of(), List.of(), null),
                new Part.Template("welcome", "en", List.of()));
        assertThat(Rendering.plan(RICH, parts).steps())
                .isEqualTo(parts.stream().map(List::of).toList());
        assertThat(Rendering.plan(RICH, parts).losses()).isEmpty();
    }

    private static Limits limits(int text, Unit unit) {
        return Limits.text(text, unit).build();
    }

    private static Media media(MediaKind kind, String type, Long size) {
        return new Media(kind, type, "my.file", size, null, "m1", null);
    }

    private static Choices choices(int count, String text) {
        return new Choices(
                text,
                IntStream.rangeClosed(1, count)
                        .mapToObj(i -> new Choice("c" + i, "Title " + i, null))
                        .toList(),
                null);
    }

    private static List<String> split(String text) {
        return texts(Rendering.plan(PLAIN, List.of(new Text(text))));
    }

    private static List<String> texts(Plan plan) {
        return plan.steps().stream().map(step -> ((Text) step.get(0)).text()).toList();
    }

    private static String bare(String text) {
        return text.replaceAll("\\s", "");
    }

    private static java.util.stream.Stream<String> clusters(String text) {
        return Pattern.compile("\\X").matcher(text).results().map(java.util.regex.MatchResult::group);
    }
}
