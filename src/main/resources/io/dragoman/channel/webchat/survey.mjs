// SPDX-License-Identifier: Apache-2.0
// The question after a chat. Native radio buttons: they work by keyboard and for screen readers, and not by colour alone.
const element = (name, properties, ...children) => {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
};

export class Survey {
  #form; #say; #post; #problem; #conversation = null; #done; #skip; #send; #title; #thanks;

  /**
   * @param asked of the channel: question by language, scale, comment
   * @param post sends an answer, and is true when it is durable
   * @param done is called when the visitor has finished with it
   */
  constructor({ form, asked, language, say, post, problem, done }) {
    this.#form = form; this.#say = say; this.#post = post; this.#problem = problem; this.#done = done;
    const question = asked.question[language.slice(0, 2).toLowerCase()] ?? asked.question.en ?? Object.values(asked.question)[0];
    const scores = asked.scale === 'thumbs' ? [[5, '👍', say('good')], [1, '👎', say('bad')]]
      : [1, 2, 3, 4, 5].map((n) => [n, `${n} ★`, say('stars', { n })]);
    const choices = scores.map(([value, shown, name]) => element('label', { className: 'score' },
      element('input', { type: 'radio', name: 'score', value }), element('span', { textContent: shown, ariaHidden: 'true' }),
      element('span', { className: 'hidden', textContent: name })));
    this.#title = element('legend', { textContent: question });
    form.append(element('fieldset', {}, this.#title, element('div', { className: 'scores' }, ...choices)));
    if (asked.comment) {
      form.append(element('label', {}, say('comment'), element('textarea', { name: 'comment', rows: 2, maxLength: 1000, autocomplete: 'off' })));
    }
    this.#thanks = element('p', { className: 'thanks' });
    this.#thanks.setAttribute('role', 'status');
    this.#send = element('button', { type: 'submit' });
    this.#skip = element('button', { type: 'button' });
    form.append(this.#thanks, element('div', { className: 'actions' }, this.#send, this.#skip));
    form.addEventListener('submit', (event) => { event.preventDefault(); this.#submit(); });
    this.#skip.addEventListener('click', () => { const conversation = this.#conversation; this.hide(); this.#done(conversation); });
  }

  get isOpen() { return !this.#form.hidden; }

  /** Asks about a conversation. */
  offer(conversation, focused) {
    this.#conversation = conversation;
    this.#form.reset();
    this.#name(false);
    this.#form.hidden = false;
    if (focused) this.#form.elements.score[0].focus();
  }

  /** What was answered, here, in another tab or on an earlier visit. */
  answered({ conversation, score, comment }) {
    if (conversation !== this.#conversation) return;
    this.#form.elements.score.value = String(score);
    if (this.#form.elements.comment) this.#form.elements.comment.value = comment ?? '';
    this.#name(true);
  }

  hide() { this.#form.hidden = true; this.#conversation = null; }

  #name(answered) {
    this.#thanks.textContent = answered ? this.#say('thanks') : '';
    this.#send.textContent = this.#say(answered ? 'change' : 'answer');
    this.#skip.textContent = this.#say(answered ? 'done' : 'skip');
  }

  async #submit() {
    const score = Number(this.#form.elements.score.value);
    if (!score) {
      this.#problem(this.#say('choose'));
      this.#form.elements.score[0].focus();
      return;
    }
    const answer = { clientMsgId: crypto.randomUUID(), conversation: this.#conversation, score };
    const comment = this.#form.elements.comment?.value.trim();
    if (comment) answer.comment = comment;
    if (await this.#post(answer)) this.answered({ ...answer });
  }
}
