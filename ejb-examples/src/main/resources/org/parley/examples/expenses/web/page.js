// Fetches the page again while there is something to wait for, and puts the part that lives in place of the old one.
(function () {
  const live = document.getElementById('live');
  if (!live) return;
  function later() {
    const wait = Number(live.dataset.wait);
    if (wait > 0) setTimeout(refresh, wait);
  }
  async function refresh() {
    try {
      const response = await fetch(live.dataset.source, { cache: 'no-store' });
      const page = new DOMParser().parseFromString(await response.text(), 'text/html');
      const fresh = page.getElementById('live');
      if (response.ok && fresh && fresh.innerHTML !== live.innerHTML) live.innerHTML = fresh.innerHTML;
      if (response.ok && fresh) live.dataset.wait = fresh.dataset.wait;
    } catch (unreachable) {
      live.dataset.wait = '3000';
    }
    later();
  }
  later();
})();
