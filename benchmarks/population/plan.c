/* The plan's rules by hand, one pass over the members of each household: what a compiler makes of them is the measure. */
#include <stdint.h>

typedef struct {
    const int64_t *offsets, *parent;
    const int32_t *birth;
    const int8_t *marital, *schooling, *guardianship, *absence;
    const int64_t *income_offsets, *monthly, *illness_offsets, *disability_offsets, *grade;
    const int8_t *income_kind, *illness, *disability_kind;
    const uint8_t *family_planning, *childless, *hardship;
} Facts;

typedef struct {
    int64_t standard, relief, day;
    uint8_t counted_kind[128], listed[128], severe[128], level[128], orphan[128];
    int8_t kindergarten, married, widowed, divorced, present;
} Rules;

/* Columns of results, one after the other, n long each; amounts of members are added up. */
enum { PROGRAMME, COUNTED, INCOME, WIDOWED, DIVORCED, DISEASE, DISABILITY, COUNTABLE, GAP, ELDER, ORPHAN, RELIEF, TOTAL };

static int in_school(const Facts *f, const Rules *r, int64_t m) {
    int8_t school = f->schooling[m];
    return r->level[school] || (school == r->kindergarten && r->day - f->birth[m] >= 30000);
}

void assess(int64_t n, const Facts *f, const Rules *r, int64_t *out) {
    for (int64_t h = 0; h < n; h++) {
        int64_t first = f->offsets[h], end = f->offsets[h + 1];
        int64_t counted = 0, income = 0, disease = 0, disability = 0, elders = 0, orphans = 0;
        int ailing = 0, widowed = 0, divorced = 0, single = 0;
        for (int64_t m = first; m < end; m++) {
            if (f->absence[m] != r->present) continue;
            counted++;
            for (int64_t i = f->income_offsets[m]; i < f->income_offsets[m + 1]; i++)
                if (r->counted_kind[f->income_kind[i]]) income += f->monthly[i];
            int hit = 0;
            for (int64_t i = f->illness_offsets[m]; i < f->illness_offsets[m + 1]; i++) {
                ailing = 1;
                hit |= r->listed[f->illness[i]];
            }
            disease += hit;
            hit = 0;
            for (int64_t i = f->disability_offsets[m]; i < f->disability_offsets[m + 1]; i++) {
                ailing = 1;
                hit |= r->severe[f->disability_kind[i]] && f->grade[i] <= 2;
            }
            disability += hit;
            elders += r->day - f->birth[m] >= 600000;
            int pupil = in_school(f, r, m);
            orphans += pupil && r->orphan[f->guardianship[m]];
            int64_t parent = f->parent[m];
            if (pupil && parent >= 0 && f->absence[parent] == r->present) {
                int8_t status = f->marital[parent];
                widowed |= status == r->widowed;
                divorced |= status == r->divorced;
                single |= status != r->married;
            }
        }
        int64_t *o = out + h, line = r->standard * counted;
        int64_t off[4] = {widowed ? 120000 : 0, divorced && !widowed ? 80000 : 0, disease * r->standard * 3 / 2,
                          disability * r->standard};
        int64_t countable = income - off[0] - off[1] - off[2] - off[3];
        if (countable < 0) countable = 0;
        int dibao = countable < line, low = !dibao && 2 * countable < 3 * line;
        int category = ailing || single || f->family_planning[h] || f->hardship[h] ||
                       (f->childless[h] && elders == counted);
        int64_t gap = dibao ? line - countable : 0, elder = dibao ? elders * r->standard * 3 / 10 : 0;
        int64_t orphan = dibao ? orphans * 156000 : 0, relief = low && category ? r->relief : 0;
        o[PROGRAMME * n] = dibao ? 0 : low ? 1 : 2;
        o[COUNTED * n] = counted;
        o[INCOME * n] = income;
        o[WIDOWED * n] = off[0];
        o[DIVORCED * n] = off[1];
        o[DISEASE * n] = off[2];
        o[DISABILITY * n] = off[3];
        o[COUNTABLE * n] = countable;
        o[GAP * n] = gap;
        o[ELDER * n] = elder;
        o[ORPHAN * n] = orphan;
        o[RELIEF * n] = relief;
        o[TOTAL * n] = gap + elder + orphan + relief;
    }
}
