// Check-in: the position goes into the form's hidden inputs before it is sent. Without one the form is sent all the same.
const WAIT = 8000; // milliseconds

for (const form of document.querySelectorAll("form[data-position]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.asked || !navigator.geolocation) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    form.dataset.asked = "1";
    const send = () => form.requestSubmit();
    navigator.geolocation.getCurrentPosition((place) => {
      const { latitude, longitude, accuracy } = place.coords;
      form.elements.latitude.value = latitude.toFixed(6);
      form.elements.longitude.value = longitude.toFixed(6);
      form.elements.accuracy_m.value = accuracy.toFixed(0);
      send();
    }, send, { enableHighAccuracy: true, timeout: WAIT, maximumAge: 60000 });
  });
}
