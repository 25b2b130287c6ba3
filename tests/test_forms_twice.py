# The mechanism alone -----------------------------------------------------------------------------------------------


@pytest.fixture
def asking():
    """(address, fields) of a new ticket, with the key of a rendered form."""
    liu = people.liu()
    case = make.case("live", by=liu)
    client = entered(liu)
    url = reverse("open_ticket", args=[case.ref])
    form = next(one for name, one in forms_of(client, url) if name == "open_ticket" and one.method == "post")
    key = form.values["csrfmiddlewaretoken"][0]
    return client, url, {"priority": "normal", "subject": "打印不清楚", "text": "字很淡", "csrfmiddlewaretoken": key}


def test_a_second_send_gets_the_first_answer_and_a_calm_sentence(asking):
    client, url, fields = asking
    fields["priority"] = Ticket.Priority.values[0]
    first, second = client.post(url, fields), client.post(url, fields)
    assert first.status_code == 302 and second["Location"] == first["Location"]
    assert Ticket.objects.count() == 1
    assert [one.level for one in get_messages(second.wsgi_request)][-1] == messages.INFO


def test_something_else_typed_is_another_thing_to_do(asking):
    client, url, fields = asking
    fields["priority"] = Ticket.Priority.values[0]
    for subject in ("打印不清楚", "没有声音"):
        assert client.post(url, {**fields, "subject": subject}).status_code == 302
    assert Ticket.objects.count() == 2


def test_a_form_with_an_error_may_be_sent_again(asking):
    client, url, fields = asking
    assert client.post(url, fields | {"priority": "", "subject": ""}).status_code == 200
    assert not SentForm.objects.exists()


def test_a_page_that_breaks_leaves_nothing_behind(asking, monkeypatch):
    client, url, fields = asking
    fields["priority"] = Ticket.Priority.values[0]

    def broken(*args, **kwargs):
        raise RuntimeError("after the effect")

    with monkeypatch.context() as patch:
        patch.setattr("support.tickets.views.redirect", broken)
        assert client.post(url, fields).status_code == 500
    assert not Ticket.objects.exists() and not SentForm.objects.exists()
    assert client.post(url, fields).status_code == 302 and Ticket.objects.count() == 1


@pytest.mark.parametrize("guarded", [True, False], ids=["guarded", "control"])
@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_sends_at_once_have_one_effect(guarded, monkeypatch):
    """A double click before any answer, on a form that nothing else guards. The control shows the race."""
    key = links.key_of(make.case("training", by=people.liu()))
    url = reverse("quiz", args=[key, Course.objects.first().code])
    client = entered()
    form = next(one for name, one in forms_of(client, url) if name == "quiz")
    if not guarded:
        monkeypatch.setattr(once, "_counts", lambda request: False)
    meet, answers = threading.Barrier(2), []

    def press():
        meet.wait(timeout=10)
        answers.append(send(Client(), form, learner="小满"))
        connection.close()

    threads = [threading.Thread(target=press) for _number in range(2)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(timeout=30)
    assert [one.status_code for one in answers] == [302, 302]
    assert Attempt.objects.count() == (1 if guarded else 2)
    assert not guarded or len({one["Location"] for one in answers}) == 1


