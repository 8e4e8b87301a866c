// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.connector.Limits;
import io.dragoman.connector.Limits.ButtonMix;
import io.dragoman.connector.Limits.CardLimit;
import io.dragoman.connector.Limits.Unit;
import io.dragoman.connector.kit.Rendering.Plan;
import io.dragoman.model.Card;
import io.dragoman.model.Carousel;
import io.dragoman.model.LocationRequest;
import io.dragoman.model.Part;
import io.dragoman.model.Part.Choice;
import io.dragoman.model.Part.Choices;
import io.dragoman.model.Part.Media;
import io.dragoman.model.Part.MediaKind;
import io.dragoman.model.Part.Text;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Links, answers below a picture, and a button that sends a place, by what a channel has of them. */
final class ButtonsRenderingTest {
    private static final Limits PLAIN = Limits.text(100, Unit.UTF_16).build();
    private static final Limits ONE_LINK = Limits.text(100, Unit.UTF_16)
            .caption(100)
            .choices(3, 10)
            .choiceTexts(50, 20)
            .choiceMedia(MediaKind.IMAGE)
            .media(MediaKind.IMAGE, 1000, "image/jpeg")
            .media(MediaKind.AUDIO, 1000)
            .cards(new CardLimit(1, 3, 30, 60, 20, ButtonMix.ONE_LINK_OR_ANSWERS))
            .locationRequest(20)
            .build();
    private static final Card.Button LINK = new Card.Button("See", null, "https://a.example/1");
    private static final Card.Button ANSWER = new Card.Button("Buy", "buy", null);
    private static final Media PHOTO = media(MediaKind.IMAGE, "image/jpeg");
    private static final Choices BUTTONS = new Choices("Which?", List.of(new Choice("r", "Red", null)), null);

    @Test
    void cardShouldStayWholeWithOneLinkOrWithAnswersAlone() {
        for (List<Card.Button> buttons : List.of(List.of(LINK), List.of(ANSWER), List.of(ANSWER, ANSWER))) {
            Card card = new Card("Shoe", null, PHOTO, buttons);
            assertThat(Rendering.plan(ONE_LINK, List.of(card)).steps()).isEqualTo(List.of(List.of(card)));
        }
        for (List<Card.Button> buttons : List.of(
                List.<Card.Button>of(), List.of(LINK, LINK), List.of(LINK, ANSWER), List.of(ANSWER, ANSWER, LINK))) {
            Plan plan = Rendering.plan(ONE_LINK, List.of(new Card("Shoe", null, null, buttons)));
            assertThat(plan.steps()).hasSize(1).allSatisfy(step -> assertThat(step)
                    .noneMatch(Card.class::isInstance));
            assertThat(plan.losses()).isNotEmpty();
        }
    }

    @Test
    void linkShouldGoAsItsAddressWhereThereAreNoButtons() {
        Plan plan = Rendering.plan(PLAIN, List.of(new Card("Shoe", "red", null, List.of(LINK))));
        assertThat(plan.steps()).isEqualTo(List.of(List.of(new Text("Shoe\nred\nSee: https://a.example/1"))));
        assertThat(plan.losses()).singleElement().asString().startsWith("A card goes as");
    }

    @Test
    void cardWithAPictureThatIsNotTakenShouldGoInPieces() {
        Card card = new Card("Shoe", null, media(MediaKind.IMAGE, "image/webp"), List.of(LINK));
        assertThat(Rendering.plan(ONE_LINK, List.of(card)).steps())
                .allSatisfy(step -> assertThat(step).noneMatch(Card.class::isInstance));
    }

    @Test
    void cardsShouldGoOneByOneWhereNoneStandSideBySide() {
        Card card = new Card("Shoe", null, PHOTO, List.of(LINK));
        Plan plan = Rendering.plan(ONE_LINK, List.of(new Carousel("Ours", List.of(card, card))));
        assertThat(plan.steps()).isEqualTo(List.of(List.of(new Text("Ours")), List.of(card), List.of(card)));
        assertThat(plan.losses()).containsExactly("Cards side by side go one after the other.");
    }

    @Test
    void buttonsShouldGoBelowAPictureAndAListAfterIt() {
        Choices list = new Choices("Which?", BUTTONS.choices(), "Choose");
        Media voice = media(MediaKind.AUDIO, "audio/ogg");
        assertThat(Rendering.plan(ONE_LINK, List.of(PHOTO, BUTTONS)).steps())
                .isEqualTo(List.of(List.of(PHOTO, BUTTONS)));
        for (List<Part> apart :
                List.of(List.<Part>of(PHOTO, list), List.<Part>of(voice, BUTTONS), List.<Part>of(BUTTONS, PHOTO))) {
            assertThat(Rendering.plan(ONE_LINK, apart).steps())
                    .isEqualTo(List.of(List.of(apart.get(0)), List.of(apart.get(1))));
        }
    }

    @Test
    void placeShouldBeAskedForByAButtonOrInWords() {
        LocationRequest where = new LocationRequest("Where are you now? And where is home?");
        Plan plan = Rendering.plan(ONE_LINK, List.of(where));
        assertThat(plan.steps())
                .isEqualTo(List.of(
                        List.of(new Text("Where are you now?")), List.of(new LocationRequest("And where is home?"))));
        Plan plain = Rendering.plan(PLAIN, List.of(where));
        assertThat(plain.steps()).isEqualTo(List.of(List.of(new Text(where.text()))));
        assertThat(plain.losses()).singleElement().asString().contains("no button that sends a location");
    }

    private static Media media(MediaKind kind, String type) {
        return new Media(kind, type, null, 9L, null, null, "https://a.example/a");
    }
}
