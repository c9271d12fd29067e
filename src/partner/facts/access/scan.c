/* The optional accelerator of scanning.py: splits the lines of an access log, and gives what it found as numbers.

   It judges nothing but static files by their endings. Visitors, agents and targets are numbered in the order of their first
   appearance; whether a target is a page and an agent a crawler is asked once for each number, in Python, as without this. What is a line of
   the format is said in plain.py by one expression; this must say the same of every line (tests/facts/access). */

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

typedef const uint8_t *text;

enum { LONGEST_LINE = 1 << 20, MOST_ASIDE = 100, ANCHORED_LINES = 4096, ANCHOR_STEP = 32, ENDINGS = 256, LONGEST_ENDING = 6 };
enum { WITH_AGENT = 1, WITH_MORE = 2 };
enum { TIMELY = 0, TOO_EARLY = 1, TOO_LATE = 2, NO_MEMORY = 3 };

/* Strings, each once: their bytes one after another, the end of each, and a table from hash to number. */
typedef struct {
    uint8_t *bytes;
    uint64_t *ends;
    uint64_t *hashes;
    uint32_t *slots; /* number + 1, or 0 */
    uint64_t held, room;
    uint32_t count, most, mask;
} Words;

/* Visitors: an address with an agent. The address of each stands in `words`, the agent's number beside it. */
typedef struct {
    Words words;
    uint32_t *agents;
    uint32_t room;
} Visitors;

/* The first part of this is read by compiled.py: the same fields in the same order. */
typedef struct {
    int64_t lines, malformed, not_a_page, is_static, found, first, last, asides, anchors;
    int32_t state;
    uint32_t agents, targets, visitors;
    uint64_t held;
    int64_t *seconds;
    uint32_t *visitor, *target;
    int64_t *hours; /* since 1970, each once unless they alternate */
    int64_t hours_found;
    int64_t aside[MOST_ASIDE][3]; /* row, offset, length */
    int64_t (*anchor)[2];         /* offset, length */
    Words agent_words, target_words;
    Visitors people;
    int64_t room, hours_room, anchors_room;
    int64_t day_began;
    uint64_t day[2], zone; /* of the line before, as they stand there */
    int flags;
    uint64_t endings[ENDINGS]; /* of static files, as `ending_of` packs them, each where `place_of` finds it; 0 where none is */
} Scanner;

static uint64_t eight(text p) {
    uint64_t word;
    memcpy(&word, p, 8);
    return word;
}

static uint64_t mixed(uint64_t h) {
    h ^= h >> 32;
    h *= 0x9fb21c651e98df25ULL;
    return h ^ (h >> 29);
}

/* Two chains at once: a multiplication need not wait for the one before. */
static uint64_t hash_of(text p, uint64_t length) {
    uint64_t a = length * 0x9e3779b97f4a7c15ULL, b = a + 1, rest[2] = {0, 0};
    while (length >= 16) {
        a = (a ^ eight(p)) * 0xd6e8feb86659fd93ULL, b = (b ^ eight(p + 8)) * 0xa0761d6478bd642fULL;
        a ^= a >> 32, b ^= b >> 32;
        p += 16, length -= 16;
    }
    memcpy(rest, p, length);
    a = (a ^ rest[0]) * 0xd6e8feb86659fd93ULL, b = (b ^ rest[1]) * 0xa0761d6478bd642fULL;
    return mixed(a ^ (a >> 32) ^ (b << 1));
}

static void *grown(void *old, uint64_t size, int *failed) {
    void *made = realloc(old, size);
    if (!made) *failed = 1;
    return made ? made : old;
}

static int new_slots(uint32_t **slots, uint32_t *mask, uint32_t size) {
    uint32_t *made = calloc(size, sizeof(uint32_t));
    if (!made) return 0;
    free(*slots);
    *slots = made, *mask = size - 1;
    return 1;
}

static int more_words(Words *w) {
    int failed = 0;
    uint32_t most = w->most ? w->most * 2 : 1024;
    w->ends = grown(w->ends, (most + 1) * sizeof(uint64_t), &failed);
    w->hashes = grown(w->hashes, most * sizeof(uint64_t), &failed);
    if (failed || !new_slots(&w->slots, &w->mask, most * 2)) return 0;
    w->ends[0] = 0, w->most = most;
    for (uint32_t n = 0; n < w->count; n++) {
        uint32_t at = (uint32_t)w->hashes[n] & w->mask;
        while (w->slots[at]) at = (at + 1) & w->mask;
        w->slots[at] = n + 1;
    }
    return 1;
}

/* The number of a string, `h` being its hash, among those that `also` is the same of; -1 where there is no memory. */
static int64_t number(Words *w, text p, uint64_t length, uint64_t h, const uint32_t *others, uint32_t also) {
    if (w->count == w->most && !more_words(w)) return -1;
    uint32_t at = (uint32_t)h & w->mask, found;
    while ((found = w->slots[at])) {
        uint32_t n = found - 1;
        uint64_t start = w->ends[n];
        if (w->hashes[n] == h && w->ends[n + 1] - start == length && (!others || others[n] == also) && !memcmp(w->bytes + start, p, length))
            return n;
        at = (at + 1) & w->mask;
    }
    if (w->held + length > w->room || !w->bytes) {
        int failed = 0;
        uint64_t room = (w->held + length) * 2 + 4096;
        w->bytes = grown(w->bytes, room, &failed);
        if (failed) return -1;
        w->room = room;
    }
    memcpy(w->bytes + w->held, p, length);
    w->held += length;
    w->hashes[w->count] = h;
    w->ends[w->count + 1] = w->held;
    w->slots[at] = ++w->count;
    return w->count - 1;
}

static int64_t word(Words *w, text p, text end) {
    uint64_t length = (uint64_t)(end - p);
    return number(w, p, length, hash_of(p, length), NULL, 0);
}

static int64_t visitor_of(Visitors *v, text p, text end, uint32_t agent) {
    uint64_t length = (uint64_t)(end - p), h = mixed(hash_of(p, length) ^ (agent * 0x9e3779b97f4a7c15ULL));
    if (v->words.count == v->room) {
        int failed = 0;
        uint32_t room = v->room ? v->room * 2 : 1024;
        v->agents = grown(v->agents, room * sizeof(uint32_t), &failed);
        if (failed) return -1;
        v->room = room;
    }
    int64_t n = number(&v->words, p, length, h, v->agents, agent);
    if (n >= 0) v->agents[n] = agent;
    return n;
}

static int is_blank(uint8_t c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
static int is_digit(uint8_t c) { return c >= '0' && c <= '9'; }

/* Whether a line holds an escape, or a blank that is no space: most hold neither, and are split without asking again. */
static int is_odd(text p, text end) {
    uint8_t odd = 0;
    for (; p < end; p++) odd |= (*p == '\\') | ((uint8_t)(*p - '\t') < 5);
    return odd;
}

/* The end of a word that a single space follows; NULL where there is none. */
static text word_end(text p, text end, int odd) {
    text began = p;
    if (odd) while (p < end && !is_blank(*p)) p++;
    else while (p < end && *p != ' ') p++;
    return p == began || p == end || *p != ' ' ? NULL : p;
}

/* The quote that closes the field beginning at p; NULL where it is never closed. */
static text closing(text p, text end, int odd) {
    if (!odd) return memchr(p, '"', (size_t)(end - p));
    while (p < end) {
        if (*p == '"') return p;
        p += *p == '\\' ? 2 : 1;
    }
    return NULL;
}

/* Two digits as a number, or 99. */
static int two(text p) { return is_digit(p[0]) && is_digit(p[1]) ? (p[0] - '0') * 10 + p[1] - '0' : 99; }

static int month_of(text p) {
    static const char names[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    for (int n = 0; n < 12; n++)
        if (!memcmp(p, names + 3 * n, 3)) return n + 1;
    return 0;
}

static int64_t days_since_1970(int year, int month, int day) {
    int64_t y = month <= 2 ? year - 1 : year;
    int64_t era = y / 400, of_era = y - era * 400;
    int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

static int days_of(int year, int month) {
    if (month == 2) return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28;
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

/* The second since 1970 of `01/Oct/2026:09:00:00 +0900` and two more characters, into `second`; 0 where there is no such time. */
static int moment(Scanner *s, text p, int64_t *second) {
    if (p[11] != ':' || p[14] != ':' || p[17] != ':' || p[20] != ' ') return 0;
    int hour = two(p + 12), minute = two(p + 15), of_minute = two(p + 18);
    if (hour > 23 || minute > 59 || of_minute > 59) return 0;
    uint64_t day = eight(p), to_year = eight(p + 3), zone = eight(p + 20);
    if (day != s->day[0] || to_year != s->day[1] || zone != s->zone) {
        int day = two(p), month = month_of(p + 3), century = two(p + 7), of_century = two(p + 9);
        int hours = two(p + 22), minutes = two(p + 24);
        int year = century * 100 + of_century;
        if (!is_digit(p[7]) || !is_digit(p[8]) || !is_digit(p[9]) || !is_digit(p[10])) return 0;
        if (p[2] != '/' || p[6] != '/' || !month || year < 1 || day < 1 || day > days_of(year, month)) return 0;
        if ((p[21] != '+' && p[21] != '-') || hours > 23 || minutes > 59) return 0;
        int64_t offset = (hours * 60 + minutes) * 60;
        s->day_began = days_since_1970(year, month, day) * 86400 - (p[21] == '+' ? offset : -offset);
        s->day[0] = day, s->day[1] = to_year, s->zone = zone;
    }
    *second = s->day_began + (hour * 60 + minute) * 60 + of_minute;
    return 1;
}

/* What follows the agent in some formats: ` 0.123`, ` 12`, ` -`, several of them. */
static int only_numbers(text p, text end) {
    while (p < end) {
        if (*p++ != ' ' || p == end) return 0;
        if (*p == '-') {
            p++;
            continue;
        }
        text began = p;
        while (p < end && is_digit(*p)) p++;
        if (p == began) return 0;
        if (p < end && *p == '.') {
            began = ++p;
            while (p < end && is_digit(*p)) p++;
            if (p == began) return 0;
        }
    }
    return 1;
}

/* A request that may be a page's, `GET (\S+) HTTP/\d(?:\.\d)?`: where its target ends, without its query. */
static text target_end(text p, text end, int odd) {
    text space, cut;
    if (end - p < 4 || memcmp(p, "GET ", 4) || !(space = word_end(p + 4, end, odd))) return NULL;
    int64_t rest = end - space;
    if ((rest != 7 && rest != 9) || memcmp(space, " HTTP/", 6) || !is_digit(space[6])) return NULL;
    if (rest == 9 && (space[7] != '.' || !is_digit(space[8]))) return NULL;
    size_t length = (size_t)(space - p - 4);
    cut = memchr(p + 4, '?', length);
    return cut && !(odd && memchr(p + 4, '\\', length)) ? cut : space;
}

typedef struct {
    text address, address_end, target, target_end, agent, agent_end;
    int64_t second;
} Line;

/* What follows the last dot as one number, in small letters; 0 where that is no ending. */
static uint64_t ending_of(text p, text end) {
    uint64_t packed = 0;
    for (int length = 0; end > p && length <= LONGEST_ENDING; length++) {
        uint8_t c = *--end;
        if (c == '.') return packed;
        if (c >= 'A' && c <= 'Z') c += 32;
        if (!((c >= 'a' && c <= 'z') || is_digit(c))) return 0;
        packed = packed << 8 | c;
    }
    return 0;
}

static uint8_t place_of(const Scanner *s, uint64_t ending) {
    uint8_t at = (uint8_t)(mixed(ending) & (ENDINGS - 1));
    while (s->endings[at] && s->endings[at] != ending) at++;
    return at;
}

/* Whether a target ends like a file, for targets in which nothing is encoded or escaped: others are judged in Python. */
static int is_static(const Scanner *s, text p, text end) {
    uint64_t ending;
    if (p == end || *p != '/' || !(ending = ending_of(p, end)) || !s->endings[place_of(s, ending)]) return 0;
    return !memchr(p, '%', (size_t)(end - p)) && !memchr(p, '\\', (size_t)(end - p));
}

/* 0: malformed. 1: of the format. 2: of the format, and may be a page view. 3: a static file. */
static int split(Scanner *s, text p, text end, Line *line) {
    line->address = p;
    if (end - p > LONGEST_LINE) return 0;
    int odd = is_odd(p, end);
    if (!(p = word_end(p, end, odd))) return 0;
    line->address_end = p++;
    if (!(p = word_end(p, end, odd)) || !(p = word_end(p + 1, end, odd))) return 0;
    if (end - p < 31 || p[1] != '[' || p[28] != ']' || p[29] != ' ' || p[30] != '"') return 0;
    if (!moment(s, p + 2, &line->second)) return 0;
    text request = p + 31;
    if (!(p = closing(request, end, odd))) return 0;
    text request_end = p++;
    if (end - p < 6 || p[0] != ' ' || !is_digit(p[1]) || !is_digit(p[2]) || !is_digit(p[3]) || p[4] != ' ') return 0;
    text status = p + 1;
    p += 5;
    if (*p == '-') p++;
    else if (is_digit(*p)) while (p < end && is_digit(*p)) p++;
    else return 0;
    line->agent = line->agent_end = p;
    if (s->flags & WITH_AGENT) {
        if (end - p < 2 || p[0] != ' ' || p[1] != '"' || !(p = closing(p + 2, end, odd))) return 0;
        if (end - p < 3 || p[1] != ' ' || p[2] != '"') return 0;
        line->agent = p + 3;
        if (!(p = closing(line->agent, end, odd))) return 0;
        line->agent_end = p++;
    }
    if (s->flags & WITH_MORE ? !only_numbers(p, end) : p != end) return 0;
    if (memcmp(status, "200", 3) && memcmp(status, "304", 3)) return 1;
    line->target = request + 4;
    line->target_end = target_end(request, request_end, odd);
    if (!line->target_end) return 1;
    return is_static(s, line->target, line->target_end) ? 3 : 2;
}

static int keep(Scanner *s, const Line *line) {
    int64_t agent = word(&s->agent_words, line->agent, line->agent_end);
    int64_t target = word(&s->target_words, line->target, line->target_end);
    if (agent < 0 || target < 0) return 0;
    int64_t visitor = visitor_of(&s->people, line->address, line->address_end, (uint32_t)agent);
    if (visitor < 0) return 0;
    if (s->found == s->room) {
        int failed = 0;
        int64_t room = s->room ? s->room * 2 : 65536;
        s->seconds = grown(s->seconds, (uint64_t)room * 8, &failed);
        s->visitor = grown(s->visitor, (uint64_t)room * 4, &failed);
        s->target = grown(s->target, (uint64_t)room * 4, &failed);
        if (failed) return 0;
        s->room = room;
    }
    s->seconds[s->found] = line->second;
    s->visitor[s->found] = (uint32_t)visitor;
    s->target[s->found++] = (uint32_t)target;
    return 1;
}

static int note_time(Scanner *s, int64_t second) {
    if (second < s->first) s->first = second;
    if (second > s->last) s->last = second;
    int64_t hour = second / 3600;
    if (s->hours_found && s->hours[s->hours_found - 1] == hour) return 1;
    if (s->hours_found == s->hours_room) {
        int failed = 0;
        int64_t room = s->hours_room ? s->hours_room * 2 : 256;
        s->hours = grown(s->hours, (uint64_t)room * 8, &failed);
        if (failed) return 0;
        s->hours_room = room;
    }
    s->hours[s->hours_found++] = hour;
    return 1;
}

/* The same rows as in scanned.anchored. */
static int note_anchor(Scanner *s, int64_t row, int64_t offset, int64_t length) {
    if (row >= ANCHORED_LINES && row % ANCHOR_STEP) return 1;
    if (s->anchors == s->anchors_room) {
        int failed = 0;
        int64_t room = s->anchors_room ? s->anchors_room * 2 : 8192;
        s->anchor = grown(s->anchor, (uint64_t)room * 16, &failed);
        if (failed) return 0;
        s->anchors_room = room;
    }
    s->anchor[s->anchors][0] = offset;
    s->anchor[s->anchors++][1] = length;
    return 1;
}

static void begin(Scanner *s) {
    s->lines = s->malformed = s->not_a_page = s->is_static = s->found = s->asides = s->anchors = s->hours_found = 0;
    s->first = INT64_MAX, s->last = INT64_MIN, s->state = TIMELY;
}

static int take(Scanner *s, text block, text p, text end, int64_t row, int64_t from, int64_t until) {
    Line line = {0};
    int what = split(s, p, end, &line);
    if (!what) {
        if (s->asides < MOST_ASIDE) {
            int64_t *aside = s->aside[s->asides++];
            aside[0] = row, aside[1] = p - block, aside[2] = end - p;
        }
        s->malformed++;
        return TIMELY;
    }
    if (line.second < from) return TOO_EARLY;
    if (line.second > until) return TOO_LATE;
    if (!note_time(s, line.second)) return NO_MEMORY;
    if (what == 1) s->not_a_page++;
    else if (what == 3) s->is_static++;
    else if (!keep(s, &line)) return NO_MEMORY;
    return TIMELY;
}

/* `endings` of static files: each with a space behind it, "css js ". */
Scanner *partner_scanner(int flags, const char *endings) {
    Scanner *s = calloc(1, sizeof(Scanner));
    int held = 0;
    if (!s) return NULL;
    s->flags = flags;
    for (const char *next; (next = strchr(endings, ' ')); endings = next + 1) {
        char dotted[LONGEST_ENDING + 1] = ".";
        size_t length = (size_t)(next - endings);
        if (length > LONGEST_ENDING || ++held == ENDINGS) return free(s), NULL;
        memcpy(dotted + 1, endings, length);
        uint64_t ending = ending_of((text)dotted, (text)dotted + 1 + length);
        s->endings[place_of(s, ending)] = ending;
    }
    return s;
}

/* Takes a block of complete lines, of which the first is row `row` of its log (from 0). The answer lies in the scanner. */
void partner_scan(Scanner *s, text block, int64_t length, int64_t row, int64_t from, int64_t until) {
    text p = block, end = block + length;
    begin(s);
    while (p < end && s->state == TIMELY) {
        text newline = memchr(p, '\n', (size_t)(end - p)), stop = newline ? newline : end;
        text last = stop > p && stop[-1] == '\r' ? stop - 1 : stop;
        s->state = take(s, block, p, last, row, from, until);
        if (s->state == TIMELY && !note_anchor(s, row, p - block, last - p)) s->state = NO_MEMORY;
        s->lines++, row++;
        p = stop + 1;
    }
    s->agents = s->agent_words.count, s->targets = s->target_words.count, s->visitors = s->people.words.count;
    /* a visitor is a pair of strings for whoever reads this from Python */
    s->held = s->people.words.held + s->agent_words.held + s->target_words.held + 160ULL * s->visitors + 40ULL * s->targets;
}

/* Strings: 0 visitors' addresses, 1 agents, 2 targets. The ends of all, the first of them 0, and the bytes. */
text partner_words(Scanner *s, int which, uint64_t **ends) {
    Words *w = which == 0 ? &s->people.words : which == 1 ? &s->agent_words : &s->target_words;
    *ends = w->ends;
    return w->bytes;
}

uint32_t *partner_agents(Scanner *s) { return s->people.agents; }

static void free_words(Words *w) { free(w->bytes), free(w->ends), free(w->hashes), free(w->slots); }

void partner_free(Scanner *s) {
    free_words(&s->people.words), free_words(&s->agent_words), free_words(&s->target_words);
    free(s->people.agents), free(s->seconds), free(s->visitor), free(s->target), free(s->hours), free(s->anchor), free(s);
}
